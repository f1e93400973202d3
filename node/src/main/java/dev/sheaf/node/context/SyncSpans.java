package dev.sheaf.node.context;

import dev.sheaf.context.runtime.Transfer;
import dev.sheaf.context.runtime.TransferListener;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;

import io.opentelemetry.api.trace.SpanKind;

import java.time.Clock;

/// Transfers of context as spans, each the first of a trace: no caller has asked for them.
final class SyncSpans implements TransferListener {
    private final Tracer tracer;
    private final Clock clock;

    SyncSpans(Tracer tracer, Clock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public void ended(Transfer transfer) {
        try (Span span =
                tracer.begun(
                        name(transfer.kind()),
                        SpanKind.INTERNAL,
                        "",
                        clock.instant().minus(transfer.took()))) {
            span.set("sheaf.region", transfer.from().toString());
            span.set("sheaf.context.scope", transfer.scope());
            span.set("sheaf.context.shard", transfer.shard());
            span.set(items(transfer.kind()), transfer.items());
            span.set("sheaf.bytes", transfer.bytes());
            if (!transfer.isWhole()) {
                span.failed(
                        new Problem(
                                ProblemCode.UNAVAILABLE,
                                "the link with " + transfer.from() + " ended"));
            }
        }
    }

    private static String name(Transfer.Kind kind) {
        return switch (kind) {
            case CATCH_UP -> "context catch-up";
            case STATE -> "context state";
        };
    }

    private static String items(Transfer.Kind kind) {
        return switch (kind) {
            case CATCH_UP -> "sheaf.events";
            case STATE -> "sheaf.parts";
        };
    }
}
