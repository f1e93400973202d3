package dev.sheaf.foreign.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A stock Spark with OpenLineage's stock listener reports to a node that runs as its users run it.
@Timeout(300)
final class SparkLineageTest {
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
    void up() throws Exception {
        java =
                olderJava()
                        .orElseGet(() ->
                                Assumptions.abort(
                                        "Spark runs on Java 17 or 21, and there is none"
                                                + " here: set SPARK_JAVA_HOME"));
        Run up = sheaf("up", "--data", data().toString(), "--port", "0");
        assertEquals(0, up.status(), up.text());
    }

    @AfterEach
    void down() throws Exception {
        sheaf("down", "--data", data().toString());
    }

    private Path data() {
        return folder.resolve("node");
    }

    @Test
    void whatTheJobReadsAndWritesIsKnownByColumns() throws Exception {
        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, "country,amount\nDE,1\nFR,2\nDE,5\n");
        Path spent = folder.resolve("spent");
        Run job = spark(address(), orders, spent);
        assertEquals(0, job.status(), job.text());

        Run down = sheaf("lineage", orders.toString(), "--namespace", "file", "--json");
        assertEquals(0, down.status(), down.text());
        assertTrue(down.text().contains(spent.toString()), down.text());
        Run up =
                sheaf(
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

    private String address() throws Exception {
        Run status = sheaf("status", "--json");
        Matcher url = Pattern.compile("http://[0-9.:]+").matcher(status.text());
        assertTrue(url.find(), status.text());
        return url.group();
    }

    private Run spark(String url, Path orders, Path spent) throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx700m"));
        command.addAll(OPENED);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sheaf.foreign.spark.SparkJob",
                        url,
                        Files.readString(data().resolve("keys/operator.token")).strip(),
                        orders.toString(),
                        spent.toString()));
        return run(command);
    }

    private Run sheaf(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("sheaf.repo")).resolve("sheaf").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private record Run(int status, String text) {}

    private Run run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "run", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SHEAF_HOME", folder.resolve("home").toString());
        builder.environment().put("SHEAF_BUILD", "never");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(240, TimeUnit.SECONDS), () -> "no end of " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
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
