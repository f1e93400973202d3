package dev.sheaf.foreign.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.foreign.Run;
import dev.sheaf.foreign.Sheaf;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A stock Spark with OpenLineage's stock listener reports to a node that runs as its users run it.
@Timeout(300)
final class SparkLineageTest {
    private static final String REGION = "aws/us-east-1";
    private static final List<String> OPENED =
            Stream.of(
                            "java.lang",
                            "java.lang.invoke",
                            "java.lang.reflect",
                            "java.io",
                            "java.net",
                            "java.nio",
                            "java.util",
                            "java.util.concurrent",
                            "sun.nio.ch",
                            "sun.nio.cs",
                            "sun.security.action",
                            "sun.util.calendar")
                    .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
                    .toList();

    @TempDir private Path folder = Path.of("");
    private Path java = Path.of("");

    @BeforeEach
    void findJava() throws Exception {
        java =
                olderJava()
                        .orElseGet(() ->
                                Assumptions.abort(
                                        "Spark runs on Java 17 or 21, and there is none"
                                                + " here: set SPARK_JAVA_HOME"));
    }

    @Test
    void whatTheJobReadsAndWritesIsKnownByColumns() throws Exception {
        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, "country,amount\nDE,1\nFR,2\nDE,5\n");
        Path spent = folder.resolve("spent");
        try (Sheaf sheaf = Sheaf.up(folder, REGION)) {
            Run job = spark(sheaf, orders, spent);
            assertEquals(0, job.status(), job.text());
            requireLineage(sheaf, orders, spent);
        }
    }

    private static void requireLineage(Sheaf sheaf, Path orders, Path spent) throws Exception {
        Run down = sheaf.run("lineage", orders.toString(), "--namespace", "file", "--json");
        assertEquals(0, down.status(), down.text());
        assertTrue(down.text().contains(spent.toString()), down.text());
        Run up =
                sheaf.run(
                        "lineage",
                        spent.toString(),
                        "--namespace",
                        "file",
                        "--column",
                        "spent",
                        "--upstream",
                        "--json");
        assertEquals(0, up.status(), up.text());
        assertTrue(up.text().contains("\"amount\""), up.text());
    }

    private Run spark(Sheaf sheaf, Path orders, Path spent) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx700m"));
        command.addAll(OPENED);
        command.addAll(
                List.of(
                        "-cp",
                        classPath(),
                        "dev.sheaf.foreign.spark.SparkJob",
                        sheaf.addresses().getFirst(),
                        sheaf.token(REGION),
                        orders.toString(),
                        spent.toString()));
        return Run.of(folder, Map.of(), command);
    }

    /// Without the archive of Kafka's clients, which has libraries of Spark's in other versions.
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("snowflake-kafka-connector"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<Path> olderJava() throws IOException {
        List<Path> homes = new ArrayList<>();
        for (String name : List.of("SPARK_JAVA_HOME", "JAVA_HOME")) {
            Optional.ofNullable(System.getenv(name)).map(Path::of).ifPresent(homes::add);
        }
        Path usual = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(usual)) {
            try (Stream<Path> installed = Files.list(usual)) {
                installed.sorted().forEach(homes::add);
            }
        }
        return homes.stream()
                .filter(SparkLineageTest::isOlder)
                .map(home -> home.resolve("bin/java"))
                .findFirst();
    }

    private static boolean isOlder(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release"))
                            .lines()
                            .anyMatch(line -> line.matches("JAVA_VERSION=\"(17|21)\\..*"));
        } catch (IOException none) {
            return false;
        }
    }
}
