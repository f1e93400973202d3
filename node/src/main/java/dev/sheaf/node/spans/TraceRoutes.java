package dev.sheaf.node.spans;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.PackedBody;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Takes spans of other programs, as OpenTelemetry's exporters and collectors send them
/// (OTLP/HTTP), for the lineage that is in them; the spans themselves are not kept.
public final class TraceRoutes {
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(16);
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final byte[] ALL_TAKEN = {};

    private final SpanLineage lineage;
    private final Access access;
    private final BiConsumer<byte[], Principal> intake;

    /// @param access who may send spans
    /// @param intake takes an OpenLineage event of a caller; a problem that it throws refuses that
    ///   event alone
    public TraceRoutes(SpanLineage lineage, Access access, BiConsumer<byte[], Principal> intake) {
        this.lineage = lineage;
        this.access = access;
        this.intake = intake;
    }

    public List<Route> routes() {
        return List.of(Route.of("POST", "/v1/traces", access, this::receive));
    }

    private Reply receive(Request request) {
        String type = request.header("Content-Type").orElse("");
        boolean isJson = type.startsWith(JSON);
        if (!isJson && !type.startsWith(PROTOBUF)) {
            throw new Problem(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "spans are taken as " + JSON + " or " + PROTOBUF + ", not as '" + type + "'");
        }
        int refused = 0;
        String why = "";
        for (byte[] event : lineage.events(PackedBody.of(request, BODY_MAX), isJson)) {
            try {
                intake.accept(event, request.caller());
            } catch (Problem problem) {
                refused++;
                why = problem.message();
            }
        }
        // A message without fields is empty in protobuf; what was refused is told in JSON only.
        return isJson
                ? Reply.json(answer(refused, why))
                : new Reply.Bytes(200, PROTOBUF, ALL_TAKEN, Map.of());
    }

    private static Map<String, Object> answer(int refused, String why) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (refused > 0) {
            answer.put(
                    "partialSuccess",
                    Map.of("rejectedSpans", Integer.toString(refused), "errorMessage", why));
        }
        return answer;
    }
}
