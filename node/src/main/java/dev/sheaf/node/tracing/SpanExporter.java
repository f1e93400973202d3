package dev.sheaf.node.tracing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Sends spans that have ended to a collector, in batches, by a thread of its own. Who ends a span
/// never waits: when the collector does not keep up, or is gone, spans are lost and counted.
final class SpanExporter implements Consumer<EndedSpan>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
    private static final int WAITING_MAX = 4096;
    private static final int BATCH_MAX = 512;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration END_MAX = Duration.ofSeconds(3);

    private final TracingSettings settings;
    private final BlockingQueue<EndedSpan> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong lost = new AtomicLong();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final Thread sender = Thread.ofVirtual().name("span-export").unstarted(this::run);
    private volatile boolean isClosing;
    private boolean isFailing;

    SpanExporter(TracingSettings settings) {
        this.settings = settings;
    }

    SpanExporter start() {
        sender.start();
        LOG.info("spans are exported to {}", settings.endpoint());
        return this;
    }

    @Override
    public void accept(EndedSpan span) {
        if (!waiting.offer(span)) {
            lost.incrementAndGet();
        }
    }

    /// Spans that no collector has got.
    long lost() {
        return lost.get();
    }

    private void run() {
        List<EndedSpan> batch = new ArrayList<>();
        try {
            while (!isClosing || !waiting.isEmpty()) {
                EndedSpan first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            lost.addAndGet(batch.size() + (long) waiting.size());
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<EndedSpan> batch) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(settings.endpoint())
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        OtlpJson.request(settings.resource(), batch)));
        settings.headers().forEach(request::setHeader);
        try {
            int status =
                    http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                if (isFailing) {
                    LOG.info("{} takes spans again", settings.endpoint());
                }
                isFailing = false;
                return;
            }
            failed(batch, "it answers " + status);
        } catch (IOException e) {
            failed(batch, String.valueOf(e));
        }
    }

    /// Told once, until it works again.
    private void failed(List<EndedSpan> batch, String why) {
        lost.addAndGet(batch.size());
        if (!isFailing) {
            LOG.warn("{} takes no spans ({}); they are lost", settings.endpoint(), why);
        }
        isFailing = true;
    }

    /// Sends what waits, for a moment at most.
    @Override
    public void close() {
        isClosing = true;
        try {
            if (!sender.join(END_MAX)) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sender.interrupt();
        }
        http.shutdownNow();
    }
}
