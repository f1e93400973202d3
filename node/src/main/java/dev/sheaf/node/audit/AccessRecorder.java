package dev.sheaf.node.audit;

import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Concerned;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts on record whose documents requests touch: around the doors of the context, it finds the
/// subjects of what is read, written, removed and erased, and hands them to every line that is
/// recorded meanwhile. Where none is, it records one itself, before the answer goes out.
///
/// Requests that touch no document of a person, as far as the types say, are left as they are.
public final class AccessRecorder {
    private static final int HTTP_NOT_MODIFIED = 304;
    private static final String DOCUMENT = "/contexts/{type}/{+id}";

    private final Audit audit;
    private final DocumentSubjects subjects;

    public AccessRecorder(ContextService service, Audit audit) {
        this.audit = audit;
        this.subjects = new DocumentSubjects(service);
    }

    /// The service as the doors are to use it.
    public ContextService around(ContextService service) {
        return new ConcernedContext(service, subjects);
    }

    /// The doors, recorded.
    public List<Route> around(List<Route> routes) {
        return routes.stream()
                .map(route ->
                        new Route(
                                route.method(),
                                route.path(),
                                route.access(),
                                route.counted(),
                                request -> handle(route, request)))
                .toList();
    }

    private Reply handle(Route route, Request request) {
        Optional<DocumentKey> key =
                route.path().contains("{+id}")
                        ? Optional.of(new DocumentKey(request.path("type"), request.path("id")))
                        : Optional.empty();
        Concerned concerned = new Concerned();
        key.flatMap(subjects::of).ifPresent(concerned::add);
        return ScopedValue.where(Concerned.OF_REQUEST, concerned)
                .call(() -> {
                    Reply reply = route.handler().handle(request);
                    if (isWrite(route)) {
                        key.flatMap(subjects::of).ifPresent(concerned::add);
                    }
                    if (isDone(reply) && concerned.isUntold()) {
                        record(route, request, reply.headers());
                    }
                    return live(route, request, reply, concerned);
                });
    }

    private static boolean isWrite(Route route) {
        return route.path().endsWith(DOCUMENT)
                && (route.method().equals("PUT") || route.method().equals("PATCH"));
    }

    private static boolean isDone(Reply reply) {
        return reply.status() < 300 || reply.status() == HTTP_NOT_MODIFIED;
    }

    /// A stream goes on after its handler has returned: each new person in it is put on record
    /// before their document is shown.
    private Reply live(Route route, Request request, Reply reply, Concerned concerned) {
        return reply instanceof Reply.Stream stream
                ? new Reply.Stream(
                        stream.status(),
                        stream.mediaType(),
                        body ->
                                ScopedValue.where(Concerned.OF_REQUEST, concerned)
                                        .where(
                                                ConcernedContext.TOLD,
                                                () -> record(route, request, stream.headers()))
                                        .call(() -> {
                                            stream.writer().write(body);
                                            return true;
                                        }),
                        stream.headers())
                : reply;
    }

    private void record(Route route, Request request, Map<String, String> headers) {
        List<String> masked =
                Stream.of("Sheaf-Masked", "Sheaf-Redacted")
                        .map(name -> headers.getOrDefault(name, ""))
                        .flatMap(pointers -> Arrays.stream(pointers.split(", ", -1)))
                        .filter(pointer -> !pointer.isEmpty())
                        .toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("purpose", request.query("purpose").orElse(""));
        facts.put("masked", masked);
        List<String> types = Concerned.OF_REQUEST.get().places();
        if (!types.isEmpty()) {
            facts.put("types", types);
        }
        audit.record(
                request.id(),
                request.caller(),
                action(route, request),
                resource(route, request, types),
                masked.isEmpty() ? Audit.Outcome.ALLOWED : Audit.Outcome.RESTRICTED,
                facts);
    }

    private static String action(Route route, Request request) {
        String path = route.path();
        if (path.endsWith(DOCUMENT)) {
            return switch (route.method()) {
                case "GET" -> "context.read";
                case "DELETE" -> request.flag("erase") ? "context.erase" : "context.delete";
                default -> "context.write";
            };
        }
        String name = path.substring(path.startsWith("/api/v1/") ? "/api/v1/".length() : 1);
        int end = name.indexOf('/');
        return switch (end < 0 ? name : name.substring(0, end)) {
            case "contexts" -> "context.ingest";
            case "context-history" -> "context.history";
            case "context-watch" -> "context.watch";
            case "context-conflicts" -> "context.conflicts";
            case "context-subjects" -> "context.subject.erase";
            default -> "context.access";
        };
    }

    private static String resource(Route route, Request request, List<String> types) {
        if (!route.path().contains("{type}")) {
            return types.size() == 1 ? types.getFirst() : "*";
        }
        String type = request.path("type");
        return route.path().contains("{+id}")
                ? new DocumentKey(type, request.path("id")).toString()
                : type;
    }
}
