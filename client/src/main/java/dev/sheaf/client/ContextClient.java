package dev.sheaf.client;

import dev.sheaf.client.Transport.Call;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A node's context as its callers see it: types, documents, events, conflicts, links. Made by
/// [SheafClient#contexts()], and closed with it.
///
/// Every method throws [Problem] as those of [SheafClient] do. Writes with an event id are repeated
/// when the node does not answer, others never. Safe for use by many threads.
public final class ContextClient {
    private static final String API = "/api/v1";

    private final Transport transport;
    private final Optional<String> purpose;

    ContextClient(Transport transport) {
        this(transport, Optional.empty());
    }

    private ContextClient(Transport transport, Optional<String> purpose) {
        this.transport = transport;
        this.purpose = purpose;
    }

    /// The same, for who says for what they read and write: grants of access count for the purpose
    /// that they name.
    public ContextClient forPurpose(Optional<String> said) {
        return new ContextClient(transport, said);
    }

    private UriText path(String text) {
        UriText path = new UriText(text);
        purpose.ifPresent(said -> path.query("purpose", said));
        return path;
    }

    public List<ContextTypeInfo> types() {
        return transport
                .read(Call.get(path(API + "/context-types").toString()), ContextTypeList.class)
                .types();
    }

    /// Declares a type, or a new revision of one.
    public ContextTypeInfo applyType(String name, byte[] yaml) {
        return transport.read(
                Call.send(
                                "PUT",
                                API + "/context-types/" + UriText.segment(name),
                                BodyPublishers.ofByteArray(yaml))
                        .with(Map.of("Content-Type", "application/yaml"))
                        .repeatableToo(),
                ContextTypeInfo.class);
    }

    /// Ids of a type's documents, in order.
    ///
    /// @param after an id, or empty for the beginning
    public ContextIdList list(String type, String after, int limit) {
        UriText path = path(API + "/contexts/" + UriText.segment(type));
        path.query("limit", Integer.toString(limit));
        if (!after.isEmpty()) {
            path.query("after", after);
        }
        return transport.read(Call.get(path.toString()), ContextIdList.class);
    }

    /// @throws Problem NOT_FOUND, or STALE with `measuredStalenessMs`, `perRegion` and perhaps
    ///   `freshRegion`, or `location` when it was to be redirected
    public ContextDocument read(ContextKey key, ContextRead read) {
        UriText path = document(key);
        read.maxStaleness().ifPresent(text -> path.query("maxStaleness", text));
        read.patience().ifPresent(text -> path.query("patience", text));
        read.token().ifPresent(text -> path.query("token", text));
        read.schemaVersion().ifPresent(text -> path.query("version", text));
        if (read.redirect()) {
            path.query("redirect", "true");
        }
        // Not repeated: the node has waited already as long as it was asked to.
        HttpResponse<InputStream> answer =
                transport.open(Call.send("GET", path.toString(), null).patiently());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 307) {
                throw elsewhere(answer.headers().firstValue("Location").orElse(""));
            }
            return DocumentHeaders.document(body.readAllBytes(), answer.headers());
        } catch (IOException | JacksonException e) {
            throw transport.unreachable(new IOException("its answer is not a document", e));
        }
    }

    private static Problem elsewhere(String location) {
        return new Problem(
                ProblemCode.STALE,
                "this node is not fresh enough; the same read can be served at " + location,
                Map.of("location", location),
                null);
    }

    /// The document shall be this.
    public ContextReceipt put(ContextKey key, byte[] json, ContextWrite write) {
        return write("PUT", document(key).toString(), json, "application/json", write);
    }

    /// @param operations a JSON array of RFC 6902 operations, `increment` and `append`
    public ContextReceipt patch(ContextKey key, byte[] operations, ContextWrite write) {
        return write(
                "PATCH",
                document(key).toString(),
                operations,
                "application/json-patch+json",
                write);
    }

    /// @param patch as in RFC 7396
    public ContextReceipt mergePatch(ContextKey key, byte[] patch, ContextWrite write) {
        return write(
                "PATCH", document(key).toString(), patch, "application/merge-patch+json", write);
    }

    /// Removes what the node's region has seen of the document.
    public ContextReceipt delete(ContextKey key, ContextWrite write) {
        return write("DELETE", document(key).toString(), new byte[0], "", write);
    }

    /// Erases the document for good, in all regions.
    public ContextReceipt erase(ContextKey key, ContextWrite write) {
        UriText path = document(key);
        path.query("erase", "true");
        return write("DELETE", path.toString(), new byte[0], "", write);
    }

    public SubjectErased eraseSubject(String type, SubjectErasure erasure) {
        return transport.read(
                json(
                                path(API + "/context-subjects/" + UriText.segment(type) + "/erase")
                                        .toString(),
                                erasure)
                        .patiently(),
                SubjectErased.class);
    }

    /// Writes events, each by itself. May be repeated: events carry their ids.
    ///
    /// @param mediaType of the bytes, as `spec/openapi.yaml` lists them
    /// @param type for events that name none
    public ContextIngest ingest(byte[] events, String mediaType, Optional<String> type) {
        UriText path = path(API + "/contexts/events");
        type.ifPresent(name -> path.query("type", name));
        return transport.read(
                Call.send("POST", path.toString(), BodyPublishers.ofByteArray(events))
                        .with(Map.of("Content-Type", mediaType))
                        .patiently()
                        .repeatableToo(),
                ContextIngest.class);
    }

    /// Follows changes for as long as the listener says so. A connection that breaks is taken up
    /// after the last change that was seen.
    ///
    /// @param id one document, or all of the type
    /// @param position where an earlier watch stopped; empty for from now on
    /// @param goesOn told each change from this thread
    public void watch(
            String type,
            Optional<String> id,
            Optional<String> position,
            Predicate<ContextChange> goesOn) {
        follow(
                after -> {
                    UriText path = path(API + "/context-watch/" + UriText.segment(type));
                    id.ifPresent(name -> path.query("id", name));
                    after.ifPresent(last -> path.query("position", last));
                    return path.toString();
                },
                position,
                data -> goesOn.test(Wire.json().readValue(data, ContextChange.class)));
    }

    public ContextConflictList conflicts(ContextConflictQuery query) {
        UriText path = conflictPath(query, query.after());
        path.query("limit", Integer.toString(query.limit()));
        return transport.read(Call.get(path.toString()), ContextConflictList.class);
    }

    /// Replays conflicts from `after`, or from the beginning, and goes on with what comes, as long
    /// as the listener says so.
    public void followConflicts(ContextConflictQuery query, Predicate<ContextConflict> goesOn) {
        follow(
                after -> {
                    UriText path = conflictPath(query, after);
                    path.query("follow", "true");
                    return path.toString();
                },
                query.after(),
                data -> goesOn.test(Wire.json().readValue(data, ContextConflict.class)));
    }

    private UriText conflictPath(ContextConflictQuery query, Optional<String> after) {
        UriText path = path(API + "/context-conflicts");
        query.type().ifPresent(text -> path.query("type", text));
        query.id().ifPresent(text -> path.query("id", text));
        query.queue().ifPresent(text -> path.query("queue", text));
        after.ifPresent(text -> path.query("after", text));
        return path;
    }

    /// A document's last events, oldest first.
    ///
    /// @param limit at most so many
    public List<ContextHistory.Event> history(ContextKey key, int limit) {
        UriText path =
                path(
                        API
                                + "/context-history/"
                                + UriText.segment(key.type())
                                + "/"
                                + UriText.segment(key.id()));
        path.query("limit", Integer.toString(limit));
        return transport.read(Call.get(path.toString()), ContextHistory.class).events();
    }

    public List<ContextDigestList.Digest> digests() {
        return transport
                .read(Call.get(API + "/context-digests"), ContextDigestList.class)
                .digests();
    }

    public List<LinkInfo> links() {
        return transport.read(Call.get(API + "/links"), LinkList.class).links();
    }

    /// Makes the node put a copy of all it holds into a folder of its machine, while it goes on.
    ///
    /// @param folder an absolute path there; must not exist, or be empty
    public ContextCheckpoint checkpoint(String folder) {
        return transport.read(
                json(API + "/context-checkpoints", new ContextCheckpointRequest(folder)),
                ContextCheckpoint.class);
    }

    /// Disturbs the node's side of its link to a region, or ends that.
    public void injectFault(String region, LinkFault fault) {
        transport.discard(
                json(API + "/links/" + UriText.segment(region) + "/faults", fault).repeatableToo());
    }

    private void follow(
            Function<Optional<String>, String> path,
            Optional<String> position,
            Predicate<String> goesOn) {
        Progress progress = new Progress(position, goesOn);
        while (!progress.stopped) {
            follow(path.apply(progress.position), progress);
            if (!progress.stopped) {
                transport.pause();
            }
        }
    }

    /// Returns when it was told to stop, or when the connection broke, which the caller mends.
    private void follow(String path, Progress progress) {
        try (InputStream events = transport.open(Call.get(path).patiently()).body()) {
            ServerEvents.read(events, progress);
        } catch (IOException broken) {
            return;
        } catch (JacksonException e) {
            throw transport.unreachable(new IOException("its events are not readable", e));
        }
    }

    /// How far a stream was followed, over however many connections.
    private static final class Progress implements Predicate<ServerEvents.Event> {
        private final Predicate<String> goesOn;
        private Optional<String> position;
        private boolean stopped;

        Progress(Optional<String> position, Predicate<String> goesOn) {
            this.position = position;
            this.goesOn = goesOn;
        }

        @Override
        public boolean test(ServerEvents.Event event) {
            stopped = !goesOn.test(event.data());
            position = Optional.of(event.id());
            return !stopped;
        }
    }

    private ContextReceipt write(
            String method, String path, byte[] body, String mediaType, ContextWrite write) {
        Call call =
                Call.send(
                                method,
                                path,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body))
                        .with(DocumentHeaders.of(mediaType, write))
                        .patiently();
        return transport.read(
                write.eventId().isPresent() ? call.repeatableToo() : call, ContextReceipt.class);
    }

    private static Call json(String path, Object body) {
        return Call.send(
                        "POST",
                        path,
                        BodyPublishers.ofString(
                                Wire.json().writeValueAsString(body), StandardCharsets.UTF_8))
                .with(Map.of("Content-Type", "application/json"));
    }

    private UriText document(ContextKey key) {
        return path(
                API + "/contexts/" + UriText.segment(key.type()) + "/" + UriText.segment(key.id()));
    }
}
