package dev.sheaf.node.replicas;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.links.BytesMethod;
import dev.sheaf.node.replicas.PeerFiles.CopyRequest;
import dev.sheaf.node.replicas.PeerFiles.Holdings;
import dev.sheaf.node.replicas.PeerFiles.OfferList;
import dev.sheaf.node.replicas.PeerFiles.Range;

import io.grpc.MethodDescriptor;

import tools.jackson.core.JacksonException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// How questions about files and their answers are written (spec/federation.md, "Files"): the
/// question is JSON; the answer is a header in JSON after its length (32 bits, big-endian), then
/// the bytes of a range, if there are any.
final class FileWire {
    static final MethodDescriptor<byte[], byte[]> METHOD = BytesMethod.of("sheaf.Files", "Ask");

    private static final int VERSION = 1;

    private FileWire() {}

    /// One of the three questions; the others are absent.
    ///
    /// @param traceparent of the trace that the question belongs to, if it does to one
    record Question(
            int version,
            Optional<Holdings> offers,
            Optional<Copied> describe,
            Optional<Part> read,
            Optional<String> traceparent) {}

    record Copied(String product, long snapshotId, String store) {
        CopyRequest request() {
            return new CopyRequest(ProductName.parse(product), snapshotId, RegionName.parse(store));
        }

        static Copied of(CopyRequest request) {
            return new Copied(
                    request.product().toString(), request.snapshotId(), request.store().toString());
        }
    }

    record Part(Copied copy, String file, long offset, int length) {}

    /// @param code of a problem, absent when there is none
    record Header(
            Optional<String> code,
            Optional<String> message,
            Optional<OfferList> offers,
            Optional<TableCopy> copy,
            Optional<String> sha256) {}

    /// @param bytes empty but for a range
    record Answer(Header header, byte[] bytes) {
        Range range() {
            return new Range(bytes, header.sha256().orElse(""));
        }
    }

    static byte[] ask(Holdings holdings, Optional<String> traceparent) {
        return question(Optional.of(holdings), Optional.empty(), Optional.empty(), traceparent);
    }

    static byte[] ask(CopyRequest request, Optional<String> traceparent) {
        return question(
                Optional.empty(), Optional.of(Copied.of(request)), Optional.empty(), traceparent);
    }

    static byte[] ask(
            CopyRequest request,
            String file,
            long offset,
            int length,
            Optional<String> traceparent) {
        return question(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Part(Copied.of(request), file, offset, length)),
                traceparent);
    }

    private static byte[] question(
            Optional<Holdings> offers,
            Optional<Copied> describe,
            Optional<Part> read,
            Optional<String> traceparent) {
        return Wire.json()
                .writeValueAsBytes(new Question(VERSION, offers, describe, read, traceparent));
    }

    /// Answers a question of a peer; a Problem is an answer too.
    static byte[] answer(HomeSpans files, RegionName peer, byte[] asked) {
        try {
            Question question = read(asked);
            if (question.offers().isPresent()) {
                return answer(
                        Optional.of(files.offers(peer, question.offers().get())),
                        Optional.empty(),
                        Optional.empty());
            }
            if (question.describe().isPresent()) {
                return answer(
                        Optional.empty(),
                        Optional.of(
                                files.describe(
                                        peer,
                                        question.describe().get().request(),
                                        question.traceparent().orElse(""))),
                        Optional.empty());
            }
            Part part =
                    question.read()
                            .orElseThrow(() ->
                                    new Problem(
                                            ProblemCode.BAD_REQUEST, "the question asks nothing"));
            return answer(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                            files.read(
                                    peer,
                                    part.copy().request(),
                                    part.file(),
                                    part.offset(),
                                    part.length(),
                                    question.traceparent().orElse(""))));
        } catch (Problem e) {
            return problem(e);
        }
    }

    private static Question read(byte[] asked) {
        try {
            Question question = Wire.json().readValue(asked, Question.class);
            if (question.version() != VERSION) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "this node speaks version "
                                + VERSION
                                + " of questions about files, not "
                                + question.version());
            }
            return question;
        } catch (JacksonException e) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the question is no JSON of its kind", e);
        }
    }

    private static byte[] answer(
            Optional<OfferList> offers, Optional<TableCopy> copy, Optional<Range> range) {
        return bytes(
                new Header(
                        Optional.empty(), Optional.empty(), offers, copy, range.map(Range::sha256)),
                range.map(Range::bytes).orElse(new byte[0]));
    }

    static byte[] problem(Problem problem) {
        return bytes(
                new Header(
                        Optional.of(problem.code().name()),
                        Optional.of(problem.message()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new byte[0]);
    }

    private static byte[] bytes(Header header, byte[] range) {
        byte[] json = Wire.json().writeValueAsBytes(header);
        return ByteBuffer.allocate(Integer.BYTES + json.length + range.length)
                .putInt(json.length)
                .put(json)
                .put(range)
                .array();
    }

    /// @throws Problem what the region says, with its name
    static Answer answer(RegionName region, byte[] bytes) {
        Answer answer;
        try {
            int length = bytes.length < Integer.BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
            if (length < 0 || length > bytes.length - Integer.BYTES) {
                throw nonsense(region, null);
            }
            int end = Integer.BYTES + length;
            answer =
                    new Answer(
                            Wire.json()
                                    .readValue(
                                            Arrays.copyOfRange(bytes, Integer.BYTES, end),
                                            Header.class),
                            Arrays.copyOfRange(bytes, end, bytes.length));
        } catch (JacksonException e) {
            throw nonsense(region, e);
        }
        if (answer.header().code().isPresent()) {
            throw new Problem(
                    code(answer.header().code().get()),
                    region + ": " + answer.header().message().orElse("no reason given"));
        }
        return answer;
    }

    private static ProblemCode code(String name) {
        for (ProblemCode code : ProblemCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ProblemCode.INTERNAL;
    }

    static Problem nonsense(RegionName region, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(
                ProblemCode.UNAVAILABLE, region + " has answered what is no answer", cause);
    }
}
