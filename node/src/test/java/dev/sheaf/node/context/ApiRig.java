package dev.sheaf.node.context;

import dev.sheaf.client.Wire;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.http.Admission;
import dev.sheaf.node.http.HostCheck;
import dev.sheaf.node.http.HttpServer;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A listener with the context API, its service, and a caller. A token is a list of scopes, then
/// `@`, then a list of domains; perhaps `@` and who it is, else ada. The standard pack decides.
final class ApiRig implements AutoCloseable {
    static final String ALL = "all@*";
    static final int STREAMS_MAX = 2;

    final MemoryContext context = new MemoryContext();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final Decider decider = new Decider(System::nanoTime, new Random(1));
    final List<GrantFacts> grants = new CopyOnWriteArrayList<>();
    final List<Question> asked = new CopyOnWriteArrayList<>();
    final GovernedContexts policies =
            new GovernedContexts(
                    question -> {
                        asked.add(question);
                        return decider.decide(question);
                    },
                    decider::inForce,
                    (subject, resource) ->
                            grants.stream()
                                    .filter(grant -> grant.resource().equals(resource))
                                    .toList(),
                    new RegionName("aws", "us-east-1"),
                    Clock.systemUTC());
    final ContextRoutes routes;
    final int port;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    ApiRig(boolean development) {
        decider.use(StandardPack.load());
        context.declare("session", "support");
        context.declare("feature.row", "science");
        Audit audit = new Audit();
        routes =
                new ContextRoutes(
                        context,
                        region ->
                                region.equals("azure/westeurope")
                                        ? Optional.of(URI.create("https://west.example.com/"))
                                        : Optional.empty(),
                        development ? Optional.of(new NotedFaults(faults)) : Optional.empty(),
                        new ContextLimits(
                                new ByteSize(64 << 10), new ByteSize(256 << 10), 100, STREAMS_MAX),
                        policies,
                        new ValueMasks("0123456789abcdef".repeat(4)),
                        () -> {},
                        audit);
        server =
                new HttpServer(
                        new HttpSettings(
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                HostCheck.of(true, List.of(), List.of()),
                                new ByteSize(16 << 10),
                                new ByteSize(1 << 20),
                                16,
                                100,
                                Duration.ofSeconds(30)),
                        routes.routes(),
                        new Admission(ApiRig::caller, audit),
                        (route, status, nanos) -> {});
        port = server.start();
    }

    private record NotedFaults(List<String> notes) implements LinkFaultSwitch {
        @Override
        public void cut(RegionName region, Direction direction) {
            notes.add("cut " + region + " " + direction);
        }

        @Override
        public void heal(RegionName region) {
            notes.add("heal " + region);
        }

        @Override
        public void delay(RegionName region, Duration delay, Duration jitter) {
            notes.add("delay " + region + " " + delay.toMillis() + " " + jitter.toMillis());
        }
    }

    private static Principal caller(String token) {
        String[] parts = token.split("@", 3);
        if (parts.length < 2) {
            throw new Problem(ProblemCode.UNAUTHENTICATED, "unknown token");
        }
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (parts[0].equals("all")) {
            scopes.addAll(List.of(Scope.values()));
        } else {
            Arrays.stream(parts[0].split(",", -1))
                    .forEach(name -> scopes.add(Scope.named(name).orElseThrow()));
        }
        String subject = parts.length > 2 ? parts[2] : "ada";
        return new Principal(subject, "test", scopes, Set.of(), Set.of(parts[1].split(",", -1)));
    }

    /// The standard pack with one file more.
    void alsoUse(String rego) {
        List<dev.sheaf.rego.syntax.Module> modules = new ArrayList<>(StandardPack.modules());
        modules.add(Parser.module("more.rego", rego, RegoVersion.V1));
        decider.use(PolicySet.compile(modules, StandardPack.settings()));
    }

    /// @param headers name, value, name, value, …
    HttpResponse<String> send(
            String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int at = 0; at < headers.length; at += 2) {
            request.setHeader(headers[at], headers[at + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, ALL, "", headers);
    }

    HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, ALL, json, with("application/json", headers));
    }

    HttpResponse<String> post(String path, String type, String body, String... headers) {
        return send("POST", path, ALL, body, with(type, headers));
    }

    HttpResponse<String> patch(String path, String type, String body, String... headers) {
        return send("PATCH", path, ALL, body, with(type, headers));
    }

    private static String[] with(String type, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return all;
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Wire.json().readTree(answer.body());
    }

    static String code(HttpResponse<String> answer) {
        return json(answer).path("code").asString("");
    }

    /// Sends a request line and headers as they are, for what no client would send.
    Socket raw(String method, String target, String headers) throws IOException {
        return raw(method, target, ALL, headers);
    }

    Socket raw(String method, String target, String token, String headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
        socket.getOutputStream()
                .write(
                        (method
                                        + " "
                                        + target
                                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        + "Authorization: Bearer "
                                        + token
                                        + "\r\n"
                                        + headers
                                        + "\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    String rawAnswer(String method, String target, String headers) throws IOException {
        try (Socket socket = raw(method, target, headers)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        routes.close();
        server.close();
        http.close();
    }
}
