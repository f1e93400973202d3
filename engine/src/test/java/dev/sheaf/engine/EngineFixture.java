package dev.sheaf.engine;

import dev.sheaf.engine.SessionSpec.Purpose;
import dev.sheaf.kernel.ByteSize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// An engine for tests with short times, its home shared by all so that DuckDB is unpacked once.
final class EngineFixture {
    static final Path HOME = Path.of("target", "engine-home").toAbsolutePath();
    static final Duration LONG = Duration.ofSeconds(60);

    private EngineFixture() {}

    static EngineConfig config() {
        return EngineConfig.in(HOME)
                .withWorkers(2, 1)
                .withTimes(Duration.ofMillis(300), Duration.ofMillis(1500), Duration.ofMinutes(1));
    }

    static SessionSpec query(Path scratch, Path... readable) {
        return new SessionSpec(
                Purpose.QUERY, ByteSize.ofMebibytes(512), 2, scratch, List.of(readable), List.of());
    }

    static SessionSpec publish(Path scratch, Path... writable) {
        return new SessionSpec(
                Purpose.PUBLISH,
                ByteSize.ofMebibytes(512),
                2,
                scratch,
                List.of(),
                List.of(writable));
    }

    /// Workers of this JVM, found by their own main class.
    static List<ProcessHandle> workers() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(EngineFixture::isWorker).toList();
        }
    }

    static ProcessHandle onlyWorker() {
        List<ProcessHandle> workers = workers();
        if (workers.size() != 1) {
            throw new AssertionError("expected one worker: " + workers);
        }
        return workers.getFirst();
    }

    /// From the kernel's own books, in KiB.
    static long statusKib(ProcessHandle process, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no " + field);
    }

    static boolean eventually(java.util.function.BooleanSupplier condition)
            throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }

    private static boolean isWorker(ProcessHandle process) {
        return process.isAlive()
                && process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.endsWith("WorkerMain"));
    }
}
