package dev.sheaf.node.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Admission;
import dev.sheaf.node.http.HostCheck;
import dev.sheaf.node.http.HttpServer;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/// What exporters send, and what they are told.
final class TraceRoutesTest {
    private static final String EXPORT =
            """
            {"resourceSpans": [{"scopeSpans": [{"spans": [
              {"traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "000000000000000a",
               "name": "score", "endTimeUnixNano": "1767225600000000001", "attributes": [
                 {"key": "openlineage.inputs", "value": {"stringValue": "sales.orders"}}]}]}]}]}
            """;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private final int port = server.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile boolean refuses;

    private HttpServer server() {
        Principal caller = new Principal("ana", "", Set.of(Scope.CATALOG_READ), Set.of(), Set.of());
        return new HttpServer(
                new HttpSettings(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        HostCheck.of(true, List.of(), List.of()),
                        ByteSize.ofMebibytes(1),
                        ByteSize.ofMebibytes(1),
                        8,
                        8,
                        Duration.ofSeconds(30)),
                new TraceRoutes(
                                new SpanLineage("sheaf://acme"),
                                Access.needs(Scope.CATALOG_READ),
                                this::take)
                        .routes(),
                new Admission(token -> caller, new Audit()),
                (route, status, nanos) -> {});
    }

    private void take(byte[] event, Principal caller) {
        if (refuses) {
            throw new Problem(ProblemCode.FORBIDDEN, "not yours");
        }
        events.add(caller.subject() + " " + new String(event, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void anExportIsTakenPlainOrPacked() throws IOException, InterruptedException {
        byte[] plain = EXPORT.getBytes(StandardCharsets.UTF_8);
        assertEquals("200 {}", send(plain, "application/json", ""));
        assertEquals("200 {}", send(packed(plain), "application/json", "gzip"));
        assertEquals(2, events.size());
        assertTrue(events.getFirst().startsWith("ana "), events.toString());
        assertTrue(events.getFirst().contains("sales.orders"), events.toString());
        assertEquals("200 ", send(new byte[0], "application/x-protobuf", ""));
    }

    @Test
    void whatIsRefusedIsTold() throws IOException, InterruptedException {
        byte[] plain = EXPORT.getBytes(StandardCharsets.UTF_8);
        refuses = true;
        assertTrue(send(plain, "application/json", "").contains("not yours"));
        assertTrue(send(plain, "application/json", "gzip").startsWith("400"));
        assertTrue(send(plain, "application/json", "br").startsWith("415"));
        assertTrue(send(plain, "text/plain", "").startsWith("415"));
        assertTrue(send(packed(new byte[17 << 20]), "application/json", "gzip").startsWith("413"));
        assertEquals(List.of(), events);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private String send(byte[] body, String type, String encoding)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                        .header("Authorization", "Bearer any")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        HttpResponse<String> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }
}
