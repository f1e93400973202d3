package dev.sheaf.context.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.patch.PatchReader;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Documents are written behind while they change on: what a crash at any moment leaves on disk has
/// everything once. Each image of the disk is taken between any two steps of such a round.
final class WriteRoundsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RegionName AWS = TestMesh.AWS;
    private static final int DOCUMENTS = 300;
    private static final int IMAGES = 12;

    @TempDir Path folder;

    private final Map<DocumentKey, Long> acknowledged = new ConcurrentHashMap<>();

    private static ContextRuntime open(Path folder) {
        return ContextRuntime.open(
                new ContextConfig(
                        "test",
                        AWS,
                        new TreeSet<>(Set.of(AWS)),
                        Map.of(),
                        2,
                        1,
                        folder,
                        ByteSize.ofMebibytes(16),
                        ContextConfig.INPUTS_MAX,
                        1,
                        _ -> false),
                Clock.systemUTC(),
                System::nanoTime);
    }

    private static DocumentKey key(int number) {
        return new DocumentKey("test.notes", "d" + number);
    }

    private static void write(ContextRuntime runtime, DocumentKey key, Change change, String id) {
        runtime.write(
                new WriteRequest(
                        key,
                        change,
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        "",
                        "tester",
                        Optional.empty()));
    }

    /// Appends one line and counts it; the oldest goes now and then.
    private void writeOn(ContextRuntime runtime, int thread, AtomicBoolean ending) {
        Random random = new Random(thread);
        for (long n = 0; !ending.get(); n++) {
            DocumentKey key = key(random.nextInt(DOCUMENTS / 2) * 2 + thread);
            long count = acknowledged.getOrDefault(key, 0L);
            String patch =
                    "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1},"
                            + "{\"op\":\"add\",\"path\":\"/lines/-\",\"value\":{\"n\":"
                            + count
                            + "}},{\"op\":\"add\",\"path\":\"/title\",\"value\":\""
                            + count
                            + "\"}"
                            + (count % 5 == 4 ? ",{\"op\":\"remove\",\"path\":\"/lines/0\"}" : "")
                            + "]";
            write(
                    runtime,
                    key,
                    new Change.Patch(PatchReader.read(JSON.readTree(patch))),
                    thread + "-" + n);
            acknowledged.put(key, count + 1);
        }
    }

    @Test
    void aCrashBetweenAnyTwoStepsOfARoundLosesNothingAndDoublesNothing() throws Exception {
        List<Map<DocumentKey, Long>> before = new ArrayList<>();
        try (ContextRuntime runtime = open(folder.resolve("live"));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            runtime.applyType(here(), "notes.yaml");
            for (int i = 0; i < DOCUMENTS; i++) {
                write(
                        runtime,
                        key(i),
                        new Change.State(JSON.readTree("{\"visits\": 0, \"lines\": []}")),
                        "open");
            }
            AtomicBoolean ending = new AtomicBoolean();
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                int number = thread;
                writers.add(threads.submit(() -> writeOn(runtime, number, ending)));
            }
            for (int image = 0; image < IMAGES; image++) {
                Thread.sleep(100 + image * 7L);
                before.add(new HashMap<>(acknowledged));
                Path target = folder.resolve("image" + image);
                runtime.groups().store().checkpoint(target.resolve("store"));
                copy(folder.resolve("live").resolve("types"), target.resolve("types"));
            }
            ending.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        for (int image = 0; image < IMAGES; image++) {
            try (ContextRuntime runtime = open(folder.resolve("image" + image))) {
                assertComplete(runtime, before.get(image));
            }
        }
    }

    @Test
    void aCrashRightAfterAnErasureLeavesNothingInTheLogForGood() throws Exception {
        String secret = "what nobody may read again";
        Path image = folder.resolve("image");
        try (ContextRuntime runtime = open(folder.resolve("live"))) {
            runtime.applyType(here(), "notes.yaml");
            write(
                    runtime,
                    key(1),
                    new Change.State(JSON.readTree("{\"title\": \"" + secret + "\"}")),
                    "write");
            write(runtime, key(1), new Change.Erase(), "erase");
            Thread.sleep(300);
            runtime.groups().store().checkpoint(image.resolve("store"));
            copy(folder.resolve("live").resolve("types"), image.resolve("types"));
        }
        assertTrue(mentions(image.resolve("store").resolve("log"), secret));
        try (ContextRuntime runtime = open(image)) {
            assertTrue(runtime.types().size() == 1);
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (mentions(image.resolve("store").resolve("log"), secret)) {
                assertTrue(System.nanoTime() < end, "the log still has what was erased");
                Thread.sleep(100);
            }
        }
    }

    private static boolean mentions(Path log, String text) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        } catch (NoSuchFileException e) {
            return true; // A segment was just replaced.
        }
        return false;
    }

    /// The type, for one region.
    private static String here() {
        return TestMesh.NOTES
                .replace("[aws/us-east-1, azure/westeurope, gcp/europe-west1]", "[aws/us-east-1]")
                .replace("visibility: {secret: [aws/us-east-1, azure/westeurope]}\n", "");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void assertComplete(ContextRuntime runtime, Map<DocumentKey, Long> least) {
        long written = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            Read.Found found =
                    (Read.Found)
                            runtime.read(
                                    new ReadRequest(
                                            key(i),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Duration.ofSeconds(5),
                                            Optional.empty()));
            JsonNode value = found.value();
            long visits = value.get("visits").longValue();
            written += visits;
            assertTrue(visits >= least.getOrDefault(key(i), 0L), () -> "lost: " + value);
            List<Long> lines = new ArrayList<>();
            value.get("lines").forEach(line -> lines.add(line.get("n").longValue()));
            List<Long> expected = new ArrayList<>();
            for (long n = visits / 5; n < visits; n++) {
                expected.add(n);
            }
            assertEquals(expected, lines, value::toString);
            if (visits > 0) {
                assertEquals(Long.toString(visits - 1), value.get("title").stringValue());
            }
        }
        assertTrue(written > 0);
        assertEquals(DOCUMENTS, runtime.types().getFirst().documents());
        assertEquals(computed(runtime), digests(runtime));
    }

    private static List<String> digests(ContextRuntime runtime) {
        return runtime.digests().stream().map(DigestEntry::digest).toList();
    }

    /// The sums as they are when each document is read anew.
    private static List<String> computed(ContextRuntime runtime) {
        Map<Group, Long> sums = new LinkedHashMap<>();
        runtime.groups().all().forEach(group -> sums.put(group, 0L));
        KnownType type = runtime.groups().hereOrThrow("test.notes");
        for (int i = 0; i < DOCUMENTS; i++) {
            DocumentKey key = key(i);
            Group group = runtime.groups().of(type, key);
            CompletableFuture<Long> digest = new CompletableFuture<>();
            group.worker()
                    .submit(() ->
                            digest.complete(
                                    Shards.mix(
                                            group.documents().load(type, key).document.digest()
                                                    | 1)));
            sums.merge(group, digest.join(), Long::sum);
        }
        return sums.values().stream().map("%016x"::formatted).toList();
    }
}
