package dev.sheaf.node.replicas;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.replicas.PeerFiles.CopyRequest;
import dev.sheaf.node.replicas.PeerFiles.Holdings;
import dev.sheaf.node.replicas.PeerFiles.OfferList;
import dev.sheaf.node.replicas.PeerFiles.Range;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.node.tracing.Tracer;

import io.opentelemetry.api.trace.SpanKind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// What a home does for another region's copy, as spans of the copy's trace: the description, and
/// of the many ranges those that take long or fail. For any thread.
final class HomeSpans {
    private static final Duration LONG = Duration.ofMillis(500);

    private final PeerFiles files;
    private final Tracer tracer;
    private final Clock clock;

    HomeSpans(PeerFiles files, Tracer tracer, Clock clock) {
        this.files = files;
        this.tracer = tracer;
        this.clock = clock;
    }

    OfferList offers(RegionName peer, Holdings holdings) {
        return files.offers(peer, holdings);
    }

    /// @param trace the header `traceparent`; may be empty
    TableCopy describe(RegionName peer, CopyRequest request, String trace) {
        try (Span span = tracer.continued("replica description at home", SpanKind.SERVER, trace)) {
            span.set("sheaf.region", peer.toString());
            span.set("sheaf.product", request.product().toString());
            try {
                TableCopy copy = files.describe(peer, request);
                span.set("sheaf.files", copy.files().size());
                span.set("sheaf.bytes", copy.bytes());
                return copy;
            } catch (Problem e) {
                span.failed(e);
                throw e;
            }
        }
    }

    /// @param trace the header `traceparent`; may be empty
    Range read(
            RegionName peer,
            CopyRequest request,
            String file,
            long offset,
            int length,
            String trace) {
        if (trace.isEmpty() || !tracer.isRecording()) {
            return files.read(peer, request, file, offset, length);
        }
        Instant begin = clock.instant();
        try {
            Range range = files.read(peer, request, file, offset, length);
            if (Duration.between(begin, clock.instant()).compareTo(LONG) >= 0) {
                range(peer, request, length, trace, begin).close();
            }
            return range;
        } catch (Problem e) {
            try (Span span = range(peer, request, length, trace, begin)) {
                span.failed(e);
            }
            throw e;
        }
    }

    private Span range(
            RegionName peer, CopyRequest request, int length, String trace, Instant begin) {
        Span span = tracer.begun("replica range at home", SpanKind.SERVER, trace, begin);
        span.set("sheaf.region", peer.toString());
        span.set("sheaf.product", request.product().toString());
        span.set("sheaf.bytes", length);
        return span;
    }
}
