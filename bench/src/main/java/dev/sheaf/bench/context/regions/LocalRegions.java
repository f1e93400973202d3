package dev.sheaf.bench.context.regions;

import dev.sheaf.client.ClientOptions;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Nodes that `sheaf up --regions` started, as processes that can be killed, halted and started
/// again. Only those that it started are touched. Reads resident memory from `/proc`, so Linux.
public final class LocalRegions implements AutoCloseable {
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final ClientOptions ONE_TRY =
            new ClientOptions(
                    Duration.ofSeconds(2), Duration.ofSeconds(20), 1, Duration.ofMillis(100));

    private final Path installation;
    private final Path home;
    private final List<String> names;
    private final Map<String, ProcessHandle> processes = new ConcurrentHashMap<>();
    private final Map<String, SheafClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Reached> reached = new ConcurrentHashMap<>();

    /// Where a node answers, and its operator's token.
    public record Reached(URI url, String token) {}

    /// Of the distribution that `bin/bench` has built.
    ///
    /// @param home an empty folder for the nodes' data
    /// @param names of the regions
    public LocalRegions(Path home, List<String> names) {
        this.installation = Path.of(System.getProperty("sheaf.home")).toAbsolutePath();
        this.home = home;
        this.names = List.copyOf(names);
    }

    public List<String> names() {
        return names;
    }

    /// Starts those that do not run.
    ///
    /// @throws IllegalStateException with what the command said, when they cannot be started
    public void up(boolean first) throws IOException, InterruptedException {
        Path out = home.resolve("up.json");
        List<String> command = new ArrayList<>();
        command.add(installation.resolve("sheaf").toString());
        command.addAll(List.of("up", "--regions", String.join(",", names), "--json"));
        if (first) {
            command.addAll(List.of("--port", "0"));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SHEAF_HOME", home.toString());
        builder.environment().put("SHEAF_JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(out.toFile());
        Process process = builder.start();
        boolean ended = process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS);
        String said = Files.readString(out);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the nodes did not start: " + said);
        }
        JsonNode nodes = JsonMapper.shared().readTree(said).get("nodes");
        for (JsonNode node : nodes) {
            String region = node.get("region").stringValue();
            processes.put(region, ProcessHandle.of(node.get("pid").longValue()).orElseThrow());
            Path token =
                    Path.of(node.get("dataDirectory").stringValue())
                            .resolve("keys")
                            .resolve("operator.token");
            URI url = URI.create(node.get("url").stringValue());
            reached.put(region, new Reached(url, Files.readString(token).strip()));
            clients.computeIfAbsent(
                    region, key -> new SheafClient(url, TokenSource.file(token), ONE_TRY));
        }
    }

    /// A client that tries once and gives up after 20 seconds where a time is set.
    public SheafClient client(String region) {
        return java.util.Objects.requireNonNull(clients.get(region), region);
    }

    /// For those who speak to a node in a protocol of their own.
    public Reached reached(String region) {
        return java.util.Objects.requireNonNull(reached.get(region), region);
    }

    /// Ends the node as a power cut would, as far as the process is concerned.
    public void kill(String region) throws InterruptedException {
        ProcessHandle process = process(region);
        process.destroyForcibly();
        while (process.isAlive()) {
            Thread.sleep(5);
        }
    }

    /// Halts the process, or lets it go on.
    ///
    /// @param signal `STOP` or `CONT`
    public void signal(String region, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process(region).pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private ProcessHandle process(String region) {
        return java.util.Objects.requireNonNull(processes.get(region), region);
    }

    /// Resident memory in bytes; 0 when the process is gone.
    public long residentBytes(String region) {
        Path status = Path.of("/proc", Long.toString(process(region).pid()), "status");
        try {
            Matcher line = RESIDENT.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    /// What all nodes logged since they were first started, one JSON object each, behind the folder
    /// of the node.
    public List<String> logLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home, 3)) {
            for (Path file : files.filter(LocalRegions::isLog).sorted().toList()) {
                String prefix = home.relativize(file).getName(0) + " ";
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                text.lines().map(prefix::concat).forEach(lines::add);
            }
        }
        return lines;
    }

    private static boolean isLog(Path file) {
        return file.getFileName().toString().matches("node.*\\.jsonl");
    }

    /// Stops the nodes in order.
    @Override
    public void close() {
        clients.values().forEach(SheafClient::close);
        for (ProcessHandle process : processes.values()) {
            process.destroy();
        }
        for (ProcessHandle process : processes.values()) {
            try {
                process.onExit().get(40, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException
                    | java.util.concurrent.TimeoutException late) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
