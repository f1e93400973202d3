package dev.sheaf.bench.context;

import dev.sheaf.bench.context.regions.Disturbance;
import dev.sheaf.bench.context.regions.LocalRegions;
import dev.sheaf.bench.context.regions.RegionWriter;
import dev.sheaf.bench.context.regions.StalenessProbe;
import dev.sheaf.bench.context.regions.Verdict;
import dev.sheaf.bench.context.regions.Witness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Three nodes, each a process of its own, are written to while they are killed, halted, cut off
/// and slowed down; then all that was acknowledged has to be in all of them.
///
/// `bin/bench three-regions [seconds of load] [seed]`; 120 s of load are about 150 s in all. Ends
/// with status 1 when anything is not as it must be.
public final class ThreeRegionsBenchmark {
    private static final List<String> REGIONS =
            List.of("aws/us-east-1", "azure/westeurope", "gcp/europe-west1");
    private static final int WRITERS_PER_REGION = 2;
    private static final long PAUSE_MILLIS = 40;
    private static final long QUIET_MILLIS_MAX = 60_000;
    private static final List<String> EXPECTED_WARNINGS =
            List.of("context is no longer exchanged with ", "cut ", "delay ");
    private static final long RESIDENT_BYTES_MAX = 1_400L << 20;

    private static final String TYPE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: bench.session
            domain: bench
            versions:
              - version: "1.0"
                schema:
                  type: object
                  additionalProperties: false
                  properties:
                    visits: {type: integer}
                    tags: {type: array, items: {type: string}}
                    turns: {type: array, items: {type: object}}
                    lines: {type: array, items: {type: object}}
                    notes: {type: object}
            fields:
              /visits: {merge: counter}
              /tags: {merge: set}
              /turns: {merge: conversation}
            residency: {regions: [aws/us-east-1, azure/westeurope, gcp/europe-west1]}
            staleness: important
            """;

    private ThreeRegionsBenchmark() {}

    /// @param arguments seconds of load, and a seed for what is written
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 120;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        Path home = Files.createTempDirectory("three-regions");
        Witness witness = new Witness();
        print("seed %d, load average %.1f", seed, load());
        try (LocalRegions regions = new LocalRegions(home, REGIONS)) {
            regions.up(true);
            for (String region : REGIONS) {
                regions.client(region)
                        .contexts()
                        .applyType("bench.session", TYPE.getBytes(StandardCharsets.UTF_8));
            }
            run(regions, witness, seconds, seed);
            judgeLogs(regions, witness);
        }
        print("load average %.1f", load());
        List<String> violations = witness.violations();
        violations.stream()
                .limit(30)
                .forEach(each ->
                        print("VIOLATION %s", each.substring(0, Math.min(1_500, each.length()))));
        print(
                violations.isEmpty()
                        ? "RESULT nothing is lost, doubled or different"
                        : "RESULT " + violations.size() + " violations; data and logs: " + home);
        System.exit(violations.isEmpty() ? 0 : 1);
    }

    private static void run(LocalRegions regions, Witness witness, int seconds, long seed)
            throws Exception {
        RegionWriter.makeSharedDocuments(regions);
        AtomicBoolean stopped = new AtomicBoolean();
        List<RegionWriter> writers = new ArrayList<>();
        for (String region : REGIONS) {
            for (int i = 0; i < WRITERS_PER_REGION; i++) {
                String name = region.substring(0, region.indexOf('/')) + i;
                writers.add(
                        new RegionWriter(
                                name,
                                region,
                                regions,
                                witness,
                                stopped,
                                PAUSE_MILLIS,
                                seed + writers.size()));
            }
        }
        StalenessProbe probe = new StalenessProbe(regions, writers, witness, stopped, seed + 100);
        List<Thread> threads = new ArrayList<>();
        writers.forEach(writer -> threads.add(Thread.ofVirtual().start(writer)));
        threads.add(Thread.ofVirtual().start(probe));
        Map<String, Long> residentMax = new TreeMap<>();
        threads.add(Thread.ofVirtual().start(() -> watchMemory(regions, stopped, residentMax)));
        new Disturbance(regions, witness, seconds).run();
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        print("%s", witness.summary());
        print("%s", probe.summary());
        Verdict verdict = new Verdict(regions, witness);
        Optional<Long> quiet = verdict.awaitQuiet(QUIET_MILLIS_MAX);
        if (quiet.isEmpty()) {
            witness.violation("the regions have not applied the same after " + QUIET_MILLIS_MAX);
        }
        print("all have applied the same %s ms after the last write", quiet.orElse(-1L));
        print("%d documents compared in three regions", verdict.compare());
        residentMax.forEach((region, bytes) -> {
            print("resident memory of %s: %d MB at most", region, bytes >> 20);
            if (bytes > RESIDENT_BYTES_MAX) {
                witness.violation(region + " held " + bytes + " bytes");
            }
        });
    }

    private static void watchMemory(
            LocalRegions regions, AtomicBoolean stopped, Map<String, Long> residentMax) {
        try {
            while (!stopped.get()) {
                for (String region : REGIONS) {
                    residentMax.merge(region, regions.residentBytes(region), Math::max);
                }
                Thread.sleep(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void judgeLogs(LocalRegions regions, Witness witness) throws IOException {
        Map<String, Integer> warnings = new TreeMap<>();
        for (String line : regions.logLines()) {
            JsonNode entry = JsonMapper.shared().readTree(line.substring(line.indexOf('{')));
            switch (entry.path("level").asString("")) {
                case "error" -> witness.violation("log of " + line);
                case "warn" ->
                        warnings.merge(
                                entry.path("message").asString("").replaceAll("[0-9]+", "N"),
                                1,
                                Integer::sum);
                default -> {
                    // Told for information.
                }
            }
        }
        warnings.forEach((message, count) -> {
            print("warned %d times: %s", count, message);
            if (EXPECTED_WARNINGS.stream().noneMatch(message::startsWith)) {
                witness.violation("a warning that nothing here explains: " + message);
            }
        });
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
