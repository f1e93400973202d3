package dev.sheaf.node.tracing;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Begins spans. A caller's trace goes on in them: recorded if the caller records it, otherwise
/// only passed on. For any thread.
public final class Tracer {
    /// Records nothing and passes on what callers send.
    public static final Tracer NONE = new Tracer(Optional.empty(), 0, Clock.systemUTC());

    private final Optional<Consumer<EndedSpan>> collector;
    private final double share;
    private final Clock clock;

    /// @param collector takes spans that have ended; must not block
    /// @param share of the traces that begin here which are recorded, 0 to 1
    Tracer(Optional<Consumer<EndedSpan>> collector, double share, Clock clock) {
        this.collector = collector;
        this.share = share;
        this.clock = clock;
    }

    /// Work for somebody outside this node.
    ///
    /// @param header the `traceparent` that came with it, if one did; what is none is passed over
    public Span begin(String name, Span.Kind kind, Optional<String> header) {
        Optional<TraceContext> parent = header.flatMap(TraceContext::parse);
        if (collector.isEmpty()) {
            return parent.isEmpty() ? Span.NONE : new PassedSpan(parent);
        }
        if (parent.isPresent()) {
            return parent.get().isSampled()
                    ? below(parent.get(), name, kind)
                    : new PassedSpan(parent);
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextDouble() >= share) {
            return Span.NONE;
        }
        return new RecordedSpan(
                this,
                TraceContext.begin(random, true),
                Optional.empty(),
                name,
                kind,
                clock.instant());
    }

    /// Work that goes on within this node; nothing when no trace came with it.
    ///
    /// @param header the `traceparent` that came with it; may be empty
    public Span continued(String name, Span.Kind kind, String header) {
        return header.isEmpty() ? Span.NONE : begin(name, kind, Optional.of(header));
    }

    Span below(TraceContext parent, String name, Span.Kind kind) {
        return new RecordedSpan(
                this,
                parent.next(ThreadLocalRandom.current()),
                Optional.of(parent.spanId()),
                name,
                kind,
                clock.instant());
    }

    void ended(EndedSpan span) {
        collector.ifPresent(taker -> taker.accept(span));
    }
}
