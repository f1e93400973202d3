package dev.sheaf.bench.context;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// [LinkChild] in a process of its own, with the class path of this one. It ends with this.
final class ChildNode implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private ChildNode(Process process) {
        this.process = process;
        this.answers = process.inputReader();
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// @return ready to take orders
    static ChildNode start(String kind, Path folder, int port, int peerPort) throws IOException {
        ChildNode child =
                new ChildNode(
                        new ProcessBuilder(
                                        List.of(
                                                Path.of(
                                                                System.getProperty("java.home"),
                                                                "bin",
                                                                "java")
                                                        .toString(),
                                                "-Xmx1g",
                                                "--enable-native-access=ALL-UNNAMED",
                                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                                "--sun-misc-unsafe-memory-access=allow",
                                                "-cp",
                                                System.getProperty("java.class.path"),
                                                LinkChild.class.getName(),
                                                kind,
                                                folder.toAbsolutePath().toString(),
                                                Integer.toString(port),
                                                Integer.toString(peerPort)))
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        child.answer();
        return child;
    }

    /// @return its answer
    String order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("> ")) {
                return line.substring(2);
            }
        }
        throw new IllegalStateException("the other process has ended");
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
