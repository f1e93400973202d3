package dev.sheaf.node;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Holds a data directory and says that it is ready, as the real one does; nothing else.
/// `stand-in.fails` and `stand-in.stubborn` make it misbehave.
public final class NodeMain {
    private NodeMain() {}

    /// Lays down an installation whose node is this one.
    public static void install(Path home) throws IOException {
        Path libraries = Files.createDirectories(home.resolve("lib/node"));
        String name = NodeMain.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar =
                        new JarOutputStream(Files.newOutputStream(libraries.resolve("node.jar")));
                InputStream bytes =
                        Objects.requireNonNull(
                                NodeMain.class.getClassLoader().getResourceAsStream(name))) {
            jar.putNextEntry(new JarEntry(name));
            bytes.transferTo(jar);
            jar.closeEntry();
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        Path data = Path.of(given.get(given.indexOf("--data") + 1));
        int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
        System.out.println("stand-in for " + given.get(given.indexOf("--region") + 1));
        if (Boolean.getBoolean("stand-in.fails")
                || data.toString().endsWith(System.getProperty("stand-in.fails-in", "nowhere"))) {
            System.out.println("the disk is full of sand");
            System.exit(6);
        }
        if (Boolean.getBoolean("stand-in.stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(NodeMain::refuseToEnd));
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] ready = "{\"status\":\"ok\",\"checks\":[]}".getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, ready.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(ready);
                    }
                });
        byte[] self =
                """
                {"region": "%s", "version": "0", "startedAt": "2026-11-20T09:00:00Z", "uptimeSeconds": 1,
                 "dataDirectoryFreeBytes": 1, "caller": {"subject": "t", "roles": [], "scopes": [], "domains": []}}
                """
                        .formatted(given.get(given.indexOf("--region") + 1))
                        .getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/api/v1/node",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, self.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(self);
                    }
                });
        server.start();
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/operator.token"), "t");
        Files.writeString(
                data.resolve("node.lock"),
                "process "
                        + ProcessHandle.current().pid()
                        + ", port "
                        + server.getAddress().getPort()
                        + "\n");
    }

    private static void refuseToEnd() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
