package dev.sheaf.node.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;

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

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

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
import java.util.concurrent.TimeUnit;
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

    /// By the exporter that programs have.
    @Test
    void anExporterOfTheSdkIsAnswered() {
        for (String packing : List.of("none", "gzip")) {
            events.clear();
            try (OtlpHttpSpanExporter exporter = exporter(packing);
                    SdkTracerProvider provider =
                            SdkTracerProvider.builder()
                                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                    .build()) {
                provider.get("test")
                        .spanBuilder("score")
                        .setAttribute("openlineage.inputs", "sales.orders")
                        .startSpan()
                        .end();
                assertTrue(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess());
            }
            assertEquals(1, events.size(), packing);
            assertTrue(events.getFirst().contains("sales.orders"), events.toString());
        }
    }

    private OtlpHttpSpanExporter exporter(String packing) {
        return OtlpHttpSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + port + "/v1/traces")
                .addHeader("Authorization", "Bearer any")
                .setCompression(packing)
                .build();
    }

    @Test
    void whatIsRefusedIsToldInTheEncodingOfTheExport() throws IOException, InterruptedException {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        Span.Builder span =
                export.addResourceSpansBuilder().addScopeSpansBuilder().addSpansBuilder();
        span.setTraceId(ByteString.fromHex("4bf92f3577b34da6a3ce929d0e0e4736"))
                .addAttributesBuilder()
                .setKey("openlineage.outputs")
                .getValueBuilder()
                .setStringValue("sales.orders");
        byte[] plain = export.build().toByteArray();
        refuses = true;
        HttpResponse<byte[]> told = sent(packed(plain), "application/x-protobuf", "gzip");
        assertEquals(200, told.statusCode());
        assertEquals("application/x-protobuf", told.headers().firstValue("Content-Type").get());
        ExportTracePartialSuccess part =
                ExportTraceServiceResponse.parseFrom(told.body()).getPartialSuccess();
        assertEquals(1, part.getRejectedSpans());
        assertEquals("not yours", part.getErrorMessage());

        HttpResponse<byte[]> broken = sent(plain, "application/x-protobuf", "gzip");
        assertEquals(400, broken.statusCode());
        assertEquals("application/x-protobuf", broken.headers().firstValue("Content-Type").get());
        Status status = Status.parseFrom(broken.body());
        assertEquals(3, status.getCode());
        assertTrue(status.getMessage().contains("no gzip"), status.getMessage());
        assertTrue(send(new byte[] {1}, "application/x-protobuf", "").startsWith("400"));
        assertTrue(
                send(packed(new byte[17 << 20]), "application/x-protobuf", "gzip")
                        .startsWith("413"));
        assertEquals(List.of(), events);
    }

    @Test
    void whatIsRefusedIsTold() throws IOException, InterruptedException {
        byte[] plain = EXPORT.getBytes(StandardCharsets.UTF_8);
        refuses = true;
        assertTrue(send(plain, "application/json", "").contains("not yours"));
        String told = send(plain, "application/json", "gzip");
        assertTrue(told.startsWith("400 {\"code\":3,\"message\":"), told);
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
        HttpResponse<byte[]> answer = sent(body, type, encoding);
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> sent(byte[] body, String type, String encoding)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                        .header("Authorization", "Bearer any")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
