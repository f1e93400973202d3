package dev.sheaf.node.context;

import dev.sheaf.client.ContextConflict;
import dev.sheaf.client.ContextConflictList;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What happens, as it happens: changes of documents, and conflicts.
final class StreamRoutes {
    private static final String WATCH = "context.watch";
    private static final String CONFLICTS = "context.conflicts";
    private static final int CONFLICTS_DEFAULT = 100;
    private static final int CONFLICTS_MAX = 1000;

    private final ContextService service;
    private final ContextSight sight;
    private final ContextAccess access;
    private final MaskedDocuments documents;
    private final LiveStreams streams;

    StreamRoutes(
            ContextService service,
            ContextSight sight,
            ContextAccess access,
            MaskedDocuments documents,
            LiveStreams streams) {
        this.service = service;
        this.sight = sight;
        this.access = access;
        this.documents = documents;
        this.streams = streams;
    }

    List<Route> routes() {
        Access read = Access.needs(Scope.CONTEXT_READ);
        // Streams have places of their own, so that they take none from requests that end.
        return List.of(
                Route.always("GET", "/api/v1/context-watch/{type}", read, this::watch),
                Route.always("GET", "/api/v1/context-conflicts", read, this::conflicts));
    }

    private Reply watch(Request request) {
        String type = request.path("type");
        Optional<String> id = text(request.query("id")).map(ContextSight::id);
        Asker asker = Asker.of(request);
        Runnable allowed = () -> sight.granted(request, access.read(asker, type, id), type, WATCH);
        allowed.run();
        Optional<String> position =
                text(request.header("Last-Event-ID")).or(() -> text(request.query("position")));
        return streams.stream(
                request,
                "change",
                () ->
                        new ChangeFeed(
                                service.watch(type, id, position),
                                allowed,
                                key -> view(asker, key),
                                documents));
    }

    private Reply conflicts(Request request) {
        Optional<String> type = text(request.query("type"));
        Asker asker = Asker.of(request);
        Runnable allowed =
                () ->
                        type.ifPresent(name ->
                                sight.granted(
                                        request,
                                        access.read(asker, name, Optional.empty()),
                                        name,
                                        CONFLICTS));
        allowed.run();
        if (type.isEmpty()) {
            sight.requireAllDomains(request, "name a type with 'type'");
        }
        ConflictQuery query =
                new ConflictQuery(
                        type,
                        text(request.query("id")).map(ContextSight::id),
                        text(request.query("queue")),
                        text(request.header("Last-Event-ID"))
                                .or(() -> text(request.query("after"))),
                        Math.toIntExact(
                                request.number("limit", CONFLICTS_DEFAULT, 1, CONFLICTS_MAX)));
        if (request.flag("follow")) {
            return streams.stream(
                    request,
                    "conflict",
                    () ->
                            new ConflictFeed(
                                    service, query, allowed, conflict -> shown(asker, conflict)));
        }
        List<ConflictEntry> found = service.conflicts(query);
        return Reply.json(
                new ContextConflictList(
                        found.stream().flatMap(each -> shown(asker, each).stream()).toList(),
                        found.size() < query.limit()
                                ? Optional.empty()
                                : Optional.of(found.getLast().position())));
    }

    private static Optional<String> text(Optional<String> given) {
        return given.filter(text -> !text.isEmpty());
    }

    private Optional<FieldMasks> view(Asker asker, DocumentKey key) {
        return access.read(asker, key.type(), Optional.of(key.id())) instanceof Verdict.View view
                ? Optional.of(view.masks())
                : Optional.empty();
    }

    private Optional<ContextConflict> shown(Asker asker, ConflictEntry conflict) {
        return view(asker, conflict.key()).map(masks -> documents.conflict(masks, conflict));
    }

    /// @param watch closed with the feed
    /// @param allowed throws once the stream is not allowed any more
    /// @param masks of a document; empty when it is not shown
    private record ChangeFeed(
            Watch watch,
            Runnable allowed,
            Function<DocumentKey, Optional<FieldMasks>> masks,
            MaskedDocuments documents)
            implements LiveStreams.Feed {
        @Override
        public Optional<LiveStreams.Event> next(Duration patience) throws InterruptedException {
            Optional<Watch.Change> change = watch.next(patience);
            allowed.run();
            return change.flatMap(each ->
                    masks.apply(each.key())
                            .map(seen ->
                                    new LiveStreams.Event(
                                            each.position(), documents.change(seen, each))));
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
