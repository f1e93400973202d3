package dev.sheaf.node.runs;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.governance.GovernedReleases;
import dev.sheaf.node.tracing.Span;
import dev.sheaf.product.publish.PublishListener;
import dev.sheaf.product.publish.PublishReport;
import dev.sheaf.product.publish.PublishRequest;
import dev.sheaf.product.publish.Publisher;

import io.opentelemetry.api.trace.SpanKind;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Has orders carried out by the product room.
public final class PublisherWork implements PublishWork {
    private final Publisher publisher;
    private final GovernedReleases releases;
    private final ProductTraces traces;
    private volatile DistantRuleReads distant = DistantRuleReads.NONE;

    /// @param traces hears which trace a release belongs to
    public PublisherWork(Publisher publisher, GovernedReleases releases, ProductTraces traces) {
        this.publisher = publisher;
        this.releases = releases;
        this.traces = traces;
    }

    /// From now on rules can read products of other regions.
    public void reads(DistantRuleReads elsewhere) {
        distant = elsewhere;
    }

    @Override
    public PublishReport publish(PublishOrder order, RunProgress progress) {
        progress.onCancel(() -> publisher.cancel(order.runId()));
        try (Span span = order.span().child("publish", SpanKind.INTERNAL);
                PhaseSpans phases = new PhaseSpans(span)) {
            span.set("sheaf.product", order.product().toString());
            span.set("sheaf.run.id", order.runId());
            if (!order.dryRun()) {
                traces.changed(order.product(), span.header());
            }
            try {
                PublishReport report = publish(order, progress, phases);
                span.set("sheaf.rows", report.rowsPublished());
                return report;
            } catch (Problem e) {
                traces.changed(order.product(), "");
                span.failed(e);
                throw e;
            }
        }
    }

    private PublishReport publish(PublishOrder order, RunProgress progress, PhaseSpans phases) {
        PublishRequest request =
                new PublishRequest(
                        order.runId(),
                        order.product(),
                        inputs(order.files()),
                        names(order.files()),
                        order.by(),
                        order.dryRun());
        return publisher.publish(
                request,
                heard -> tell(heard, progress, order, phases),
                releases.gate(order.caller()),
                distant.of(order));
    }

    private void tell(
            PublishListener.Progress heard,
            RunProgress progress,
            PublishOrder order,
            PhaseSpans phases) {
        String phase = heard.phase().name().toLowerCase(Locale.ROOT);
        phases.at(phase);
        progress.at(
                phase,
                heard.fraction() < 0 ? OptionalDouble.empty() : OptionalDouble.of(heard.fraction()),
                heard.rows());
        if (progress.isCancelled()) {
            // It may have been asked to stop before the publisher knew the run.
            publisher.cancel(order.runId());
        }
    }

    private static List<String> inputs(PublishOrder.Files files) {
        return switch (files) {
            case PublishOrder.Files.Uploaded uploaded ->
                    uploaded.files().stream().map(Path::toString).toList();
            case PublishOrder.Files.Located located ->
                    located.uris().stream().map(PublisherWork::input).toList();
        };
    }

    private static Map<String, String> names(PublishOrder.Files files) {
        return switch (files) {
            case PublishOrder.Files.Uploaded uploaded ->
                    uploaded.files().stream()
                            .collect(Collectors.toMap(Path::toString, Uploads::sentName));
            case PublishOrder.Files.Located _ -> Map.of();
        };
    }

    private static String input(URI uri) {
        return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : uri.toString();
    }
}
