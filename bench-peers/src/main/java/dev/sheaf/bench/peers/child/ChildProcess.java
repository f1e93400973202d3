package dev.sheaf.bench.peers.child;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A JVM of its own that takes lines and answers in lines beginning with `>`. The other side is
/// [ParentLink]. It ends when its standard input does, so it never outlives this process.
public final class ChildProcess implements AutoCloseable {
    private static final String MARK = ">";
    private static final long GRACE_SECONDS = 15;

    private final String name;
    private final Process process;
    private final BufferedWriter input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter();
        Thread.ofVirtual().name("answers of " + name).start(this::read);
    }

    /// Starts a main class with this process's JVM and class path; what it says on standard error
    /// appears on ours.
    ///
    /// @param heapMb its greatest heap
    public static ChildProcess start(
            String name, int heapMb, Class<?> main, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMb + "m");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildProcess(
                name,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    public void say(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /// The child's next answer.
    ///
    /// @throws IllegalStateException when there is none in time, or the child is gone
    public String answer(long seconds) throws InterruptedException {
        String answer = answers.poll(seconds, TimeUnit.SECONDS);
        if (answer == null || answer.isEmpty()) {
            throw new IllegalStateException(
                    "%s gave no answer within %d s; it %s"
                            .formatted(
                                    name, seconds, process.isAlive() ? "is running" : "has ended"));
        }
        return answer;
    }

    /// What it holds of memory right now, in megabytes, or 0 where the system does not tell.
    public long residentMb() throws IOException {
        return Residence.megabytes(process.pid());
    }

    /// Asks it to end, and ends it when it does not.
    @Override
    public void close() throws IOException {
        try {
            input.close();
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(MARK)) {
                    answers.add(line.substring(MARK.length()));
                }
            }
        } catch (IOException e) {
            System.err.println(name + " cannot be read any more: " + e.getMessage());
        }
        // Whoever waits for an answer need not wait for the time limit.
        answers.add("");
    }
}
