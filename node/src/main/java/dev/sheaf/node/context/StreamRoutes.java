package dev.sheaf.node.context;

import dev.sheaf.client.ContextConflictList;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What happens, as it happens: changes of documents, and conflicts.
final class StreamRoutes {
    private static final String WATCH = "context.watch";
    private static final String CONFLICTS = "context.conflicts";
    private static final int CONFLICTS_DEFAULT = 100;
    private static final int CONFLICTS_MAX = 1000;

    private final ContextService service;
    private final ContextSight sight;
    private final LiveStreams streams;

    StreamRoutes(ContextService service, ContextSight sight, LiveStreams streams) {
        this.service = service;
        this.sight = sight;
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
        String type = sight.type(request, WATCH);
        Optional<String> id = text(request.query("id")).map(ContextSight::id);
        Optional<String> position =
                text(request.header("Last-Event-ID")).or(() -> text(request.query("position")));
        return streams.stream(
                request, "change", () -> new ChangeFeed(service.watch(type, id, position)));
    }

    private Reply conflicts(Request request) {
        Optional<String> type = text(request.query("type"));
        type.ifPresentOrElse(
                name -> sight.require(request, name, CONFLICTS),
                () -> sight.requireAllDomains(request, "name a type with 'type'"));
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
            return streams.stream(request, "conflict", () -> new ConflictFeed(service, query));
        }
        List<ConflictEntry> found = service.conflicts(query);
        return Reply.json(
                new ContextConflictList(
                        found.stream().map(ContextAnswers::conflict).toList(),
                        found.size() < query.limit()
                                ? Optional.empty()
                                : Optional.of(found.getLast().position())));
    }

    private static Optional<String> text(Optional<String> given) {
        return given.filter(text -> !text.isEmpty());
    }

    /// @param watch closed with the feed
    private record ChangeFeed(Watch watch) implements LiveStreams.Feed {
        @Override
        public Optional<LiveStreams.Event> next(Duration patience) throws InterruptedException {
            return watch.next(patience)
                    .map(change ->
                            new LiveStreams.Event(
                                    change.position(), ContextAnswers.change(change)));
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
