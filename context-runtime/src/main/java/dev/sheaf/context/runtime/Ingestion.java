package dev.sheaf.context.runtime;

import dev.sheaf.context.EventKind;
import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Brings writes to the groups they belong to, and their outcomes back. For any thread.
final class Ingestion {
    private static final int EVENT_ID_CHARACTERS_MAX = 200;
    private static final int DOCUMENT_ID_BYTES_MAX = 512;
    private static final long CLOCK_AHEAD_MILLIS_MAX = 60_000;
    private static final int BATCH_BYTES_MAX = 32 << 20;
    private static final int BATCH_EVENTS_MAX = 10_000;

    /// No type allows deeper documents.
    private static final int DEPTH_MAX = 500;

    private final Groups groups;
    private final EngineParts parts;

    Ingestion(Groups groups) {
        this.groups = groups;
        this.parts = groups.parts();
    }

    WriteReceipt write(WriteRequest request) {
        check(request);
        KnownType type = groups.hereOrThrow(request.key().type());
        Group group = groups.of(type, request.key());
        SeenEvents.Key seenKey = SeenEvents.Key.of(request.key(), request.eventId());
        CompletableFuture<WriteReceipt> done = new CompletableFuture<>();
        group.worker()
                .offer(() -> {
                    try {
                        WriteReceipt receipt =
                                new GroupWrites(group, parts)
                                        .write(request, type, seenKey, true)
                                        .receipt();
                        if (type.acknowledgesSynced()) {
                            group.whenDurable(completing(done, receipt));
                        } else {
                            done.complete(receipt);
                        }
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        return ContextRuntime.await(done);
    }

    static <T> Acknowledgement completing(CompletableFuture<T> future, T value) {
        return new Acknowledgement() {
            @Override
            public void durable() {
                future.complete(value);
            }

            @Override
            public void failed(Problem problem) {
                future.completeExceptionally(problem);
            }
        };
    }

    private static void check(WriteRequest request) {
        int length = request.eventId().length();
        if (length == 0 || length > EVENT_ID_CHARACTERS_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "an event id has 1 to "
                            + EVENT_ID_CHARACTERS_MAX
                            + " characters; this has "
                            + length);
        }
        String id = request.key().id();
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > DOCUMENT_ID_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a document's id has 1 to "
                            + DOCUMENT_ID_BYTES_MAX
                            + " bytes; this has "
                            + bytes);
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, "a document's id has no control characters");
        }
        if (request.ttlSeconds() < 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a time to live of " + request.ttlSeconds() + " seconds; write 0 or more");
        }
    }

    /// The events of one group, in their order.
    private record Share(Group group, List<Item> items) {}

    private record Item(int index, KnownType type, WriteRequest request, SeenEvents.Key seenKey) {}

    List<IngestResult> ingest(byte[] json, Optional<String> defaultType, String author) {
        if (json.length > BATCH_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a batch of " + json.length + " bytes; at most " + BATCH_BYTES_MAX);
        }
        List<IngestResult> refused = new ArrayList<>();
        Map<Group, Share> shares = new LinkedHashMap<>();
        int count =
                new EventJsonReader(DEPTH_MAX)
                        .read(
                                json,
                                0,
                                json.length,
                                new EventJsonReader.Receiver() {
                                    @Override
                                    public void event(int index, IncomingEvent event) {
                                        try {
                                            assign(index, event);
                                        } catch (Problem problem) {
                                            refused(index, problem);
                                        }
                                    }

                                    private void assign(int index, IncomingEvent event) {
                                        if (index >= BATCH_EVENTS_MAX) {
                                            throw new Problem(
                                                    ProblemCode.TOO_LARGE,
                                                    "a batch has at most "
                                                            + BATCH_EVENTS_MAX
                                                            + " events; send the rest in another");
                                        }
                                        Item item = item(index, event, defaultType, author);
                                        Group group = groups.of(item.type(), item.request().key());
                                        shares.computeIfAbsent(
                                                        group,
                                                        key -> new Share(key, new ArrayList<>()))
                                                .items()
                                                .add(item);
                                    }

                                    @Override
                                    public void refused(int index, Problem problem) {
                                        refused.add(new IngestResult.Refused(index, problem));
                                    }
                                });
        IngestResult[] results = new IngestResult[count];
        refused.forEach(result -> results[result.index()] = result);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (Share share : shares.values()) {
            done.add(submit(share, results));
        }
        done.forEach(ContextRuntime::await);
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    private CompletableFuture<Void> submit(Share share, IngestResult[] results) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable input =
                () -> {
                    GroupWrites writes = new GroupWrites(share.group(), parts);
                    List<Integer> written = new ArrayList<>();
                    for (Item item : share.items()) {
                        try {
                            results[item.index()] =
                                    new IngestResult.Written(
                                            item.index(),
                                            writes.write(
                                                            item.request(),
                                                            item.type(),
                                                            item.seenKey(),
                                                            false)
                                                    .receipt());
                            written.add(item.index());
                        } catch (Problem problem) {
                            results[item.index()] = new IngestResult.Refused(item.index(), problem);
                        } catch (RuntimeException e) {
                            results[item.index()] =
                                    new IngestResult.Refused(
                                            item.index(),
                                            new Problem(
                                                    ProblemCode.INTERNAL,
                                                    "the event could not be merged: " + e,
                                                    e));
                        }
                    }
                    share.group().whenDurable(settling(done, results, written));
                };
        try {
            share.group().worker().offer(input);
        } catch (Problem busy) {
            share.items()
                    .forEach(item ->
                            results[item.index()] = new IngestResult.Refused(item.index(), busy));
            done.complete(null);
        }
        return done;
    }

    private static Acknowledgement settling(
            CompletableFuture<Void> done, IngestResult[] results, List<Integer> written) {
        return new Acknowledgement() {
            @Override
            public void durable() {
                done.complete(null);
            }

            @Override
            public void failed(Problem problem) {
                written.forEach(index -> results[index] = new IngestResult.Refused(index, problem));
                done.complete(null);
            }
        };
    }

    private Item item(int index, IncomingEvent event, Optional<String> defaultType, String author) {
        String name =
                event.type()
                        .or(() -> defaultType)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BAD_REQUEST,
                                        "the event has no contextType, and the request names"
                                                + " none"));
        requireOwnRegion(event.cloudRegion());
        if (event.kind() == EventKind.CONTEXT_RECONCILIATION) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "CONTEXT_RECONCILIATION is what nodes write after a partition; send a"
                            + " CONTEXT_DELTA");
        }
        long ahead = event.timestampMillis() - parts.clock().millis();
        if (ahead > CLOCK_AHEAD_MILLIS_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the event's timestamp is "
                            + ahead / 1_000
                            + " s ahead of this node's clock; at most "
                            + CLOCK_AHEAD_MILLIS_MAX / 1_000
                            + " s are allowed. Set the writer's clock");
        }
        if (TypeRegistry.isOfTheMesh(name)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "documents of the mesh's own types are not written by events; they have"
                            + " operations of their own");
        }
        KnownType type = groups.hereOrThrow(name);
        WriteRequest request =
                new WriteRequest(
                        new DocumentKey(type.name(), event.documentId()),
                        event.state()
                                .<Change>map(Change.State::new)
                                .orElseGet(() -> new Change.Patch(event.operations())),
                        event.eventId(),
                        Optional.of(event.version()),
                        event.lane(),
                        event.ttlSeconds(),
                        event.compactionKey(),
                        author,
                        Optional.empty());
        return new Item(index, type, request, SeenEvents.Key.of(request.key(), request.eventId()));
    }

    /// A node writes in its own name only.
    private void requireOwnRegion(String cloudRegion) {
        RegionName own = parts.config().region();
        if (!cloudRegion.equals(own.location()) && !cloudRegion.equals(own.toString())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the event says that it is of region '"
                            + cloudRegion
                            + "'; this node takes events of its own region "
                            + own
                            + " only. Send it to a node there");
        }
    }
}
