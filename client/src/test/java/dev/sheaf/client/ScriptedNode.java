package dev.sheaf.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Answers each request with the next of its scripted answers, the last one again and again, and
/// remembers what was asked.
final class ScriptedNode implements AutoCloseable {
    /// @param broken whether the connection is cut instead of ended
    record Answer(int status, String type, String body, boolean broken) {
        static Answer json(String body) {
            return new Answer(200, "application/json", body, false);
        }
    }

    record Request(String method, String path, String authorization, String type, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Answer> answers;

    ScriptedNode(Answer... answers) throws IOException {
        this.answers = List.of(answers);
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SheafClient client() {
        return new SheafClient(
                address(),
                () -> "the-token",
                new ClientOptions(
                        java.time.Duration.ofSeconds(2),
                        java.time.Duration.ofSeconds(2),
                        3,
                        java.time.Duration.ofMillis(1)));
    }

    List<Request> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        header(exchange, "Authorization"),
                        header(exchange, "Content-Type"),
                        body));
        Answer answer = answers.get(Math.min(requests.size(), answers.size()) - 1);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("X-Query-Id", "q-1");
        exchange.sendResponseHeaders(
                answer.status(),
                answer.broken() ? bytes.length + 10 : bytes.length == 0 ? -1 : bytes.length);
        try {
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
