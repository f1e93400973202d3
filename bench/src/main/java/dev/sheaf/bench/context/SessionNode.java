package dev.sheaf.bench.context;

import dev.sheaf.context.Lane;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextConfig;
import dev.sheaf.context.runtime.ContextRuntime;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Nodes for measurements, and what they take of the machine.
final class SessionNode {
    static final RegionName AWS = RegionName.parse("aws/us-east-1");
    static final RegionName AZURE = RegionName.parse("azure/westeurope");

    /// The documents of all measurements but one fit in.
    private static final ByteSize CACHE = ByteSize.ofMebibytes(384);

    private SessionNode() {}

    /// With the defaults of a node, apart from the memory.
    static ContextConfig config(RegionName region, Path folder) {
        return new ContextConfig(
                "bench",
                region,
                new TreeSet<>(Set.of(AWS, AZURE)),
                Map.of(),
                ContextConfig.SHARDS,
                ContextConfig.WORKERS,
                folder,
                CACHE,
                ContextConfig.INPUTS_MAX,
                ContextConfig.WRITE_BEHIND_MILLIS,
                _ -> false);
    }

    /// A node that hears nothing of its peer.
    static ContextRuntime alone(Path folder) {
        return ContextRuntime.open(config(AWS, folder), Clock.systemUTC(), System::nanoTime);
    }

    /// Of all threads of this process.
    static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /// As the kernel counts it.
    static long residentMegabytes() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
        for (String line : lines) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
            }
        }
        return -1;
    }

    /// Of the files in it.
    static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /// A write of one field, in the critical lane.
    static WriteRequest city(String document, String city, String eventId) {
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.putObject("session").put("city", city);
        return new WriteRequest(
                new DocumentKey(SessionType.NAME, document),
                new Change.State(session),
                eventId,
                Optional.of(SessionType.VERSION),
                Optional.of(Lane.CRITICAL),
                0,
                "",
                "bench",
                Optional.empty());
    }
}
