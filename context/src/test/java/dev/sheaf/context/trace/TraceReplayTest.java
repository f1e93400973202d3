package dev.sheaf.context.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Recorded and generated sessions end in the text that they should, and bad ones say where.
class TraceReplayTest {
    private static Trace trace(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return TraceReader.read(new ByteArrayInputStream(bytes));
    }

    private static TraceResult replay(String json) {
        return TraceReplay.of(trace(json)).result();
    }

    private static void assertRefused(String json, String... parts) {
        Problem problem = assertThrows(Problem.class, () -> replay(json));
        assertEquals(ProblemCode.UNREADABLE_INPUT, problem.code());
        for (String part : parts) {
            assertTrue(problem.message().contains(part), problem.message());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "automerge-paper",
                "rustcode",
                "sveltecomponent",
                "json-crdt-patch",
                "json-crdt-blog-post"
            })
    void recordedSequentialSessionsEndInTheirText(String name) throws IOException {
        String root = System.getProperty("sheaf.testdata", "");
        Path file = Path.of(root, "editing-traces", "sequential_traces", name + ".json.gz");
        assumeTrue(
                !root.isEmpty() && Files.exists(file),
                "the recorded session " + name + " is not here; set sheaf.testdata");
        try (InputStream stream = Files.newInputStream(file)) {
            TraceResult result = TraceReplay.of(TraceReader.read(stream)).result();
            assertEquals(Optional.empty(), result.difference());
            assertTrue(result.sequenceBytes() < 6L * result.length() + 100_000);
        }
    }

    @Property(tries = 150)
    void generatedSessionsEndInTheTextOfTheReference(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int agents) {
        Trace trace = new GeneratedTrace(seed, agents, true).make(40);
        assertEquals(Optional.empty(), TraceReplay.of(trace).result().difference(), "seed " + seed);
    }

    @Property(tries = 150)
    void agentsOnSeveralBranchesAtOnceAreReplayedToo(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int agents) {
        Trace trace = new GeneratedTrace(seed, agents, false).make(40);
        assertEquals(Optional.empty(), TraceReplay.of(trace).result().difference(), "seed " + seed);
    }

    @Test
    void aConcurrentSessionIsReadAsDocumented() {
        TraceResult result =
                replay(
                        """
                        {'kind': 'concurrent', 'endContent': 'yoooo ho ho\\n', 'numAgents': 2,
                         'txns': [
                          {'parents': [], 'numChildren': 1, 'agent': 0, 'time': 'x',
                           'patches': [[0, 0, 'hi there\\n']]},
                          {'parents': [0], 'numChildren': 1, 'agent': 0,
                           'patches': [[0, 8, ''], [0, 0, 'yoooo', '2023-11-22T04:50:00Z']]},
                          {'parents': [1], 'numChildren': 0, 'agent': 1, 'more': {'a': [1]},
                           'patches': [[5, 0, ' ho ho']]},
                          {'parents': [2], 'agent': 1, 'patches': []}]}
                        """);
        assertEquals(Optional.empty(), result.difference());
        assertTrue(result.concurrent());
        assertEquals(4, result.transactionCount());
        assertEquals(4, result.patchCount());
        assertEquals(12, result.length());
        assertTrue(result.eventBytes() > 20 && result.sequenceBytes() > 20);
    }

    @Test
    void concurrentInsertsAtOnePlaceComeInTheOrderOfTheAgents() {
        TraceResult result =
                replay(
                        """
                        {'endContent': '<bbaa>', 'txns': [
                          {'parents': [], 'agent': 0, 'patches': [[0, 0, '<>']]},
                          {'parents': [0], 'agent': 10, 'patches': [[1, 0, 'aa']]},
                          {'parents': [0], 'agent': 9, 'patches': [[1, 0, 'bb']]}]}
                        """);
        assertEquals(Optional.empty(), result.difference());
    }

    @Test
    void positionsCountCodePointsAndTheStartContentIsThere() {
        TraceResult result =
                replay(
                        """
                        {'startContent': '\ud83d\ude00b', 'endContent': '\ud83d\ude00ab!',
                         'txns': [{'patches': [[1, 0, 'a']]}, {'patches': [[3, 0, '!']]}]}
                        """);
        assertEquals(Optional.empty(), result.difference());
        assertEquals(4, result.length());
    }

    @Test
    void theFirstDifferenceIsNamed() {
        TraceResult result =
                replay(
                        "{'endContent': '\ud83d\ude00abX', 'txns': [{'patches': [[0, 0,"
                                + " '\ud83d\ude00abc']]}]}");
        assertEquals(Optional.of(new TraceResult.Difference(3, "X", "c")), result.difference());
        assertTrue(!result.matches());
    }

    @Test
    void badTracesSayWhere() {
        assertRefused(
                "{'endContent': '', 'txns': [{'patches': [[0,0,'a']]}, {'patches':"
                        + " [[0,0,'b'],[1,2,'']]}]}",
                "transaction 1, patch 1",
                "position 1");
        assertRefused("{'endContent': '', 'txns': [{'patches': [[7,0,'a']]}]}", "transaction 0");
        assertRefused("{'endContent': '', 'txns': [{'patches': [[-1,0,'a']]}]}", "-1");
        assertRefused("{'endContent': '', 'txns': [{'time': 1}]}", "no patches");
        assertRefused("{'txns': []}", "no endContent");
        assertRefused("{'endContent': ''}", "no txns");
        assertRefused("[]", "an object");
        assertRefused("", "ends too early");
        assertRefused(
                "{'endContent': '', 'txns': [{'patches': [[0,0]]}]}", "transaction 0, patch 0");
        assertRefused(
                "{'endContent': '', 'txns': [{'parents': [0], 'agent': 0, 'patches': []}]}",
                "parent 0");
        assertRefused(
                "{'endContent': '', 'txns': [{'parents': [], 'patches': []}, {'patches': []}]}",
                "transaction 1",
                "no parents");
        assertRefused(
                "{'endContent': '', 'txns': [{'patches': [[0,0,'a']]}, {'pat", "transaction 1");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void whateverIsCutOffIsRefused(long seed, boolean zipped) throws IOException {
        StringBuilder json = new StringBuilder("{\"endContent\": \"\", \"txns\": [");
        for (int index = 0; index < 50 * seed; index++) {
            json.append(index == 0 ? "" : ",").append("{\"patches\": [[0, 0, \"xy\"]]}");
        }
        byte[] bytes = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        if (zipped) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
                zip.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        byte[] whole = bytes;
        assertEquals(50 * seed, TraceReader.read(new ByteArrayInputStream(whole)).patchCount());
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(
                    Problem.class,
                    () -> TraceReader.read(new ByteArrayInputStream(part)),
                    "length " + length);
        }
    }
}
