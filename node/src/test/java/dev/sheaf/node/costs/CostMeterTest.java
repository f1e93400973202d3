package dev.sheaf.node.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cost.UseKey;
import dev.sheaf.cost.UseSum;
import dev.sheaf.kernel.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

final class CostMeterTest {
    private static final String MONTH = "2028-02.log";
    @TempDir Path folder = Path.of("");

    private static long bytes(CostRig rig) {
        return rig.meter.between(LocalDate.MIN, LocalDate.MAX, any -> true).values().stream()
                .mapToLong(UseSum::bytes)
                .sum();
    }

    @Test
    void whatWasUsedIsThereAfterAStart() {
        Money spent;
        try (CostRig rig = new CostRig(folder)) {
            rig.use(CostRig.ORDERS, CostRig.GIB);
            rig.use(CostRig.ORDERS, 1);
            spent = rig.spent("sales");
        }
        try (CostRig rig = new CostRig(folder)) {
            assertEquals(spent, rig.spent("sales"));
            assertEquals(CostRig.GIB + 1, bytes(rig));
        }
    }

    @Test
    void whatACrashLeftOfALineIsCutOffAndWritingGoesOn() throws IOException {
        try (CostRig rig = new CostRig(folder)) {
            rig.use(CostRig.ORDERS, 100);
        }
        Files.writeString(
                folder.resolve(MONTH), "{\"key\":{\"day\":\"2028-0", StandardOpenOption.APPEND);
        try (CostRig rig = new CostRig(folder)) {
            assertEquals(100, bytes(rig));
            rig.use(CostRig.ORDERS, 10);
        }
        try (CostRig rig = new CostRig(folder)) {
            assertEquals(110, bytes(rig));
        }
    }

    @Test
    void aBrokenLineLosesNoOther() throws IOException {
        try (CostRig rig = new CostRig(folder)) {
            rig.use(CostRig.ORDERS, 100);
        }
        Files.writeString(
                folder.resolve(MONTH),
                "nonsense\n{}\nnull\n{\"key\":null,\"transfers\":1,\"bytes\":1,\"cost\":\"1\"}\n"
                        + Files.readString(folder.resolve(MONTH))
                                .replace("\"bytes\":100", "\"bytes\":-5"),
                StandardOpenOption.APPEND);
        try (CostRig rig = new CostRig(folder)) {
            assertEquals(100, bytes(rig));
        }
    }

    @Test
    void aLargeFileIsWrittenAnewAndSaysTheSame() throws IOException {
        UseFiles files = new UseFiles(folder, 2000);
        UseKey key;
        try (CostRig rig =
                new CostRig(
                        folder.resolve("other").toFile().mkdir()
                                ? folder.resolve("other")
                                : folder)) {
            rig.use(CostRig.ORDERS, 1);
            key =
                    rig.meter
                            .between(LocalDate.MIN, LocalDate.MAX, any -> true)
                            .keySet()
                            .iterator()
                            .next();
        }
        UseSum one = new UseSum(1, 7, CostRig.usd("0.000001"));
        for (int i = 0; i < 500; i++) {
            files.append(Map.of(key, one));
        }
        assertTrue(Files.size(folder.resolve(MONTH)) < 3000);
        assertEquals(
                Map.of(key, new UseSum(500, 3500, CostRig.usd("0.0005"))),
                new UseFiles(folder, 2000).read());
        try (Stream<Path> all = Files.list(folder)) {
            assertFalse(all.anyMatch(file -> file.toString().endsWith(".new")));
        }
    }

    @Test
    void aProcessThatIsKilledLosesNoMoreThanTheLastSecond() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Recorder.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Map<Long, Long> told = new HashMap<>();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            long began = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told.put(Long.parseLong(line), System.nanoTime());
                began = began == 0 ? System.nanoTime() : began;
                if (System.nanoTime() - began > Duration.ofSeconds(4).toNanos()) {
                    break;
                }
            }
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        }
        long killed = System.nanoTime();
        long due =
                told.entrySet().stream()
                        .filter(each -> killed - each.getValue() > Duration.ofSeconds(2).toNanos())
                        .mapToLong(Map.Entry::getKey)
                        .max()
                        .orElse(0);
        assertTrue(due > 0);
        try (CostRig rig = new CostRig(folder)) {
            assertTrue(bytes(rig) >= due, () -> bytes(rig) + " of " + due);
            rig.budget("sales", "{monthly: \"1 USD\"}");
            assertEquals(
                    List.of(),
                    rig.budgets.reserve(List.of(CostRig.ORDERS), CostRig.usd("0.7")).warnings(),
                    "what it held has ended with it");
        }
    }

    /// Records a byte each, tells how many, and holds the whole budget.
    static final class Recorder {
        private Recorder() {}

        public static void main(String[] arguments) throws InterruptedException {
            CostRig rig = new CostRig(Path.of(arguments[0]));
            rig.budget("sales", "{monthly: \"1 USD\"}");
            Reservation held = rig.budgets.reserve(List.of(CostRig.ORDERS), CostRig.usd("1"));
            for (long i = 1; held.warnings().size() == 1; i++) {
                rig.use(CostRig.ORDERS, 1);
                System.out.println(i);
                System.out.flush();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    @Test
    void whatIsOlderThanFourHundredDaysIsForgotten() throws IOException {
        try (CostRig rig = new CostRig(folder)) {
            rig.use(CostRig.ORDERS, 100);
        }
        assertTrue(Files.exists(folder.resolve(MONTH)));
        Path other = folder;
        try (CostRig rig = new CostRig(other)) {
            rig.now.set(Instant.parse("2029-05-01T00:00:00Z"));
            rig.use(CostRig.ORDERS, 5);
        }
        try (CostRig rig = new CostRig(other)) {
            assertEquals(5, bytes(rig));
        }
        assertFalse(Files.exists(folder.resolve(MONTH)));
    }

    @Test
    void linksAreMeteredByWhatTheySentSince() {
        try (CostRig rig = new CostRig(folder)) {
            Map<dev.sheaf.kernel.RegionName, Long> sent = new HashMap<>();
            LinkMeter links = new LinkMeter(CostRig.HOME, () -> sent, rig.meter);
            sent.put(CostRig.AWAY, 1000L);
            links.meter();
            links.meter();
            sent.put(CostRig.AWAY, 1500L);
            links.meter();
            sent.put(CostRig.AWAY, 20L);
            links.meter();
            assertEquals(1520, bytes(rig));
            links.close();
            assertEquals(1520, bytes(rig));
        }
    }
}
