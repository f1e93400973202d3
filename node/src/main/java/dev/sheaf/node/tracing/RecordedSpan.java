package dev.sheaf.node.tracing;

import dev.sheaf.kernel.Problem;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A span that somebody collects.
final class RecordedSpan implements Span {
    private static final int TEXT_MAX = 512;

    private final Tracer tracer;
    private final TraceContext own;
    private final Optional<String> parentId;
    private final String name;
    private final Kind kind;
    private final Instant begin;
    private final long beginNanos;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private Optional<String> problem = Optional.empty();
    private boolean isEnded;

    RecordedSpan(
            Tracer tracer,
            TraceContext own,
            Optional<String> parentId,
            String name,
            Kind kind,
            Instant begin) {
        this.tracer = tracer;
        this.own = own;
        this.parentId = parentId;
        this.name = name;
        this.kind = kind;
        this.begin = begin;
        this.beginNanos = System.nanoTime();
    }

    @Override
    public Optional<TraceContext> context() {
        return Optional.of(own);
    }

    @Override
    public Span child(String childName, Kind childKind) {
        return tracer.below(own, childName, childKind);
    }

    @Override
    public synchronized void set(String attribute, String value) {
        attributes.put(attribute, value.length() > TEXT_MAX ? value.substring(0, TEXT_MAX) : value);
    }

    @Override
    public synchronized void set(String attribute, long value) {
        attributes.put(attribute, value);
    }

    @Override
    public synchronized void failed(Problem cause) {
        problem = Optional.of(cause.code().name());
    }

    /// Once; further calls do nothing.
    @Override
    public void close() {
        EndedSpan ended;
        synchronized (this) {
            if (isEnded) {
                return;
            }
            isEnded = true;
            ended =
                    new EndedSpan(
                            own,
                            parentId,
                            name,
                            kind,
                            begin,
                            begin.plusNanos(System.nanoTime() - beginNanos),
                            attributes,
                            problem);
        }
        tracer.ended(ended);
    }
}
