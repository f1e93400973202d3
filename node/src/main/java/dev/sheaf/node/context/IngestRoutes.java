package dev.sheaf.node.context;

import dev.sheaf.client.ContextIngest;
import dev.sheaf.client.ContextIngestResult;
import dev.sheaf.client.Wire;
import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.IngestResult;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Scope;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events in, many at once.
final class IngestRoutes {
    private static final String ACTION = "context.ingest";
    private static final List<String> FORMS =
            List.of(
                    MediaTypes.JSON,
                    MediaTypes.NDJSON,
                    MediaTypes.CLOUD_EVENT,
                    MediaTypes.CLOUD_EVENTS);

    private final ContextService service;
    private final ContextSight sight;
    private final EventJsonReader events;
    private final ByteSize batchMax;

    IngestRoutes(
            ContextService service, ContextSight sight, EventJsonReader events, ByteSize batchMax) {
        this.service = service;
        this.sight = sight;
        this.events = events;
        this.batchMax = batchMax;
    }

    List<Route> routes() {
        Access write = Access.needs(Scope.CONTEXT_WRITE);
        return List.of(
                Route.of("POST", "/api/v1/contexts/events", write, this::ingest),
                Route.of("POST", "/contexts/events", write, this::ingest));
    }

    private Reply ingest(Request request) {
        String form = MediaTypes.require(request, FORMS);
        byte[] body = request.wholeBody(batchMax);
        Optional<String> type = request.query("type").filter(text -> !text.isEmpty());
        EventCheck check = new EventCheck(request, sight, type, ACTION);
        events.read(body, 0, body.length, check);
        check.requireAllowed();
        List<IngestResult> results = service.ingest(body, type, request.caller().subject());
        if (results.isEmpty()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "there is no event in the body");
        }
        if (results.size() == 1
                && isOne(form, body)
                && results.getFirst() instanceof IngestResult.Refused refused) {
            throw ContextAnswers.told(refused, check.masked(refused.index()));
        }
        List<ContextIngestResult> told =
                results.stream()
                        .map(result ->
                                ContextAnswers.ingested(
                                        result, check.masked(result.index()), request.id()))
                        .toList();
        return MediaTypes.accepts(request, MediaTypes.NDJSON)
                ? new Reply.Stream(200, MediaTypes.NDJSON, out -> lines(told, out), Map.of())
                : Reply.json(ContextIngest.of(told));
    }

    /// Whether the body is an event and no batch, be it of one event only.
    private static boolean isOne(String form, byte[] body) {
        boolean batch = form.equals(MediaTypes.NDJSON) || form.equals(MediaTypes.CLOUD_EVENTS);
        return !batch && firstCharacter(body) != '[';
    }

    private static char firstCharacter(byte[] json) {
        for (byte each : json) {
            if (each != ' ' && each != '\t' && each != '\n' && each != '\r') {
                return (char) each;
            }
        }
        return ' ';
    }

    private static void lines(List<ContextIngestResult> results, OutputStream out)
            throws IOException {
        for (ContextIngestResult result : results) {
            out.write(Wire.json().writeValueAsBytes(result));
            out.write('\n');
        }
    }
}
