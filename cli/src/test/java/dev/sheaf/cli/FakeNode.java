package dev.sheaf.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A node of paper: answers what a test laid down for a method and path, and remembers what it was
/// asked. The bodies follow `spec/openapi.yaml`.
final class FakeNode implements AutoCloseable {
    static final String TOKEN = "a.signed.token";

    /// @param body as UTF-8
    record Asked(String method, String path, String accept, String body) {}

    private record Answer(int status, String mediaType, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    FakeNode() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// @param path with its query, as asked for
    FakeNode answer(String method, String path, int status, String json) {
        return answer(method, path, status, "application/json", json);
    }

    FakeNode answer(String method, String path, int status, String mediaType, String body) {
        answers.put(
                method + " " + path,
                new Answer(status, mediaType, body, Map.of("X-Query-Id", "q1")));
        return this;
    }

    /// @param headers beside the media type
    FakeNode answer(
            String method, String path, int status, String json, Map<String, String> headers) {
        answers.put(method + " " + path, new Answer(status, "application/json", json, headers));
        return this;
    }

    FakeNode problem(
            String method, String path, int status, String code, String detail, String more) {
        return answer(
                method,
                path,
                status,
                "application/problem+json",
                """
                {"type": "https://sheaf.dev/problems/x", "title": "x", "status": %d, "detail": "%s", "code": "%s",
                 "retryable": false, "instance": "urn:sheaf:request:r1", "requestId": "r1"%s}
                """
                        .formatted(status, detail, code, more));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            asked.add(new Asked(exchange.getRequestMethod(), path, accept, body));
            boolean open = path.equals("/health/ready");
            boolean known =
                    ("Bearer " + TOKEN)
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Answer answer =
                    open || known
                            ? answers.getOrDefault(
                                    exchange.getRequestMethod() + " " + path,
                                    new Answer(
                                            404, "text/plain", "no answer for " + path, Map.of()))
                            : new Answer(401, "text/plain", "who are you?", Map.of());
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.getResponseHeaders().add("Content-Type", answer.mediaType());
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
