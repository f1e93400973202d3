package dev.sheaf.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;

/// An OpenTelemetry collector that keeps the spans it is sent.
public final class SpanCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<ResourceSpans> exported = new CopyOnWriteArrayList<>();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean refuses;
    private volatile boolean holds;

    public SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream sent = exchange.getRequestBody();
                InputStream body = isPacked ? new GZIPInputStream(sent) : sent) {
            ExportTraceServiceRequest request =
                    ExportTraceServiceRequest.parseFrom(body.readAllBytes());
            if (holds) {
                end.await();
            }
            if (!refuses) {
                exported.addAll(request.getResourceSpansList());
                exchange.getRequestHeaders()
                        .forEach((name, values) -> headers.put(name, values.getFirst()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(refuses ? 400 : 200, -1);
        exchange.close();
    }

    /// Takes nothing from now on.
    public void refuse() {
        refuses = true;
    }

    /// Answers nothing from now on.
    public void hold() {
        holds = true;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// As the last export that was taken had it.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// What the first node is.
    public Map<String, String> resource() {
        Map<String, String> facts = new TreeMap<>();
        for (KeyValue pair : exported.getFirst().getResource().getAttributesList()) {
            facts.put(pair.getKey(), pair.getValue().getStringValue());
        }
        return facts;
    }

    List<Span> spans() {
        return exported.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /// Of all spans.
    public List<String> names() {
        return spans().stream().map(Span::getName).toList();
    }

    /// Of a trace.
    List<Span> spans(String traceId) {
        return spans().stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(traceId))
                .toList();
    }

    /// Of a trace, by name.
    List<String> names(String traceId) {
        return spans(traceId).stream().map(Span::getName).toList();
    }

    /// An attribute; empty for none.
    static String text(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(pair -> pair.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    /// An attribute; 0 for none.
    static long number(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(pair -> pair.getKey().equals(name))
                .mapToLong(pair -> pair.getValue().getIntValue())
                .sum();
    }

    static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
