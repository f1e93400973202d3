package dev.sheaf.node.spans;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.PackedBody;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;

import java.util.List;
import java.util.function.BiConsumer;

/// Takes spans of other programs, as OpenTelemetry's exporters and collectors send them
/// (OTLP/HTTP), for the lineage that is in them; the spans themselves are not kept.
public final class TraceRoutes {
    private static final ByteSize BODY_MAX = ByteSize.ofMebibytes(16);

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
        return List.of(
                Route.of("POST", "/v1/traces", access, this::receive)
                        .forForeign(new OtlpAnswers()));
    }

    private Reply receive(Request request) {
        String type = request.header("Content-Type").orElse("");
        boolean isJson = OtlpAnswers.isJson(type);
        if (!isJson && !OtlpAnswers.isProtobuf(type)) {
            throw OtlpAnswers.noSuchType(type);
        }
        int refused = 0;
        String why = "";
        for (SpanLineage.Found found : lineage.events(PackedBody.of(request, BODY_MAX), isJson)) {
            try {
                intake.accept(found.event(), request.caller());
            } catch (Problem problem) {
                refused += found.spans();
                why = problem.message();
            }
        }
        return OtlpAnswers.taken(isJson, refused, why);
    }
}
