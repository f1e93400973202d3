package dev.sheaf.node;

import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An OpenTelemetry collector that keeps the spans it is sent.
final class SpanCollector implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/traces",
                exchange -> {
                    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    request.path("resourceSpans")
                            .forEach(resource ->
                                    resource.path("scopeSpans")
                                            .forEach(scope ->
                                                    scope.path("spans").forEach(spans::add)));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<JsonNode> spans() {
        return List.copyOf(spans);
    }

    /// Of a trace, by name.
    List<String> names(String traceId) {
        return spans.stream()
                .filter(span -> span.path("traceId").asString("").equals(traceId))
                .map(span -> span.path("name").asString(""))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
