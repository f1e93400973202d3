package dev.sheaf.node.tracing;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Begins spans. A caller's trace goes on in them: recorded if the caller records it, otherwise
/// only passed on. For any thread.
public final class Tracer {
    /// The header of W3C Trace Context.
    public static final String HEADER = "traceparent";

    /// Records nothing and passes on what callers send.
    public static final Tracer NONE = new Tracer(TracerProvider.noop(), false);

    private static final String SCOPE = "dev.sheaf.node";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final io.opentelemetry.api.trace.Tracer tracer;
    private final boolean isRecording;

    Tracer(TracerProvider provider, boolean isRecording) {
        this.tracer = provider.get(SCOPE);
        this.isRecording = isRecording;
    }

    /// Whether somebody collects spans; who would have to watch something only to make one asks.
    public boolean isRecording() {
        return isRecording;
    }

    /// Work for somebody outside this node.
    ///
    /// @param header the `traceparent` that came with it, if one did; what is none is passed over
    public Span begin(String name, SpanKind kind, Optional<String> header) {
        return begin(tracer.spanBuilder(name), kind, parent(header.orElse("")));
    }

    /// Work that goes on within this node; nothing when no trace came with it.
    ///
    /// @param header the `traceparent` that came with it; may be empty
    public Span continued(String name, SpanKind kind, String header) {
        return header.isEmpty() ? Span.NONE : begin(name, kind, Optional.of(header));
    }

    /// Work that has begun already.
    ///
    /// @param header the `traceparent` that came with it; a trace begins here when it is empty
    public Span begun(String name, SpanKind kind, String header, Instant begin) {
        return begin(tracer.spanBuilder(name).setStartTimestamp(begin), kind, parent(header));
    }

    Span below(io.opentelemetry.api.trace.Span parent, String name, SpanKind kind) {
        return begin(tracer.spanBuilder(name), kind, Context.root().with(parent));
    }

    private Span begin(SpanBuilder builder, SpanKind kind, Context parent) {
        return new Span(this, builder.setParent(parent).setSpanKind(kind).startSpan());
    }

    static String header(io.opentelemetry.api.trace.Span span) {
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.root().with(span), headers, Map::put);
        return headers.getOrDefault(HEADER, "");
    }

    private static Context parent(String header) {
        return header.isEmpty() ? Context.root() : W3C.extract(Context.root(), header, ONLY);
    }

    private static final TextMapGetter<String> ONLY =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(String header) {
                    return List.of(HEADER);
                }

                @Override
                public @Nullable String get(@Nullable String header, String key) {
                    return HEADER.equals(key) && header != null ? header.strip() : null;
                }
            };
}
