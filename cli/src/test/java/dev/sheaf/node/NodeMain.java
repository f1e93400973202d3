package dev.sheaf.node;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Holds a data directory and says that it is ready, as the real one does; nothing else.
/// `stand-in.fails` and `stand-in.stubborn` make it misbehave.
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = Arrays.asList(arguments);
        Path data = Path.of(given.get(given.indexOf("--data") + 1));
        int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
        System.out.println("stand-in for " + given.get(given.indexOf("--region") + 1));
        if (Boolean.getBoolean("stand-in.fails")) {
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
