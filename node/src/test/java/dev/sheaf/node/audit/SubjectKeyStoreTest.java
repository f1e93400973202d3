package dev.sheaf.node.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.audit.SubjectPseudonym;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Keys of data subjects: kept, told apart, forgotten.
class SubjectKeyStoreTest {
    @TempDir Path keys;

    private SubjectKeyStore store() {
        return SubjectKeyStore.in(keys, new SecureRandom());
    }

    @Test
    void keepsASubjectsPseudonymOverARestart() {
        SubjectPseudonym before = store().keyOf("c-17").pseudonym("c-17");

        assertEquals(before, store().keyOf("c-17").pseudonym("c-17"));
        assertEquals(Set.of(before), store().find("c-17").orElseThrow().pseudonyms("c-17"));
    }

    @Test
    void givesEachSubjectAKeyOfItsOwn() {
        List<String> subjects = IntStream.range(0, 3000).mapToObj(i -> "c-" + i).toList();

        SortedSet<SubjectPseudonym> all = store().pseudonyms(subjects);

        assertEquals(3000, all.size());
        Set<String> names = new HashSet<>();
        all.forEach(pseudonym -> names.add(pseudonym.text().split(":")[0]));
        assertEquals(3000, names.size());
        assertEquals(all, store().pseudonyms(subjects));
    }

    @Test
    void looksForASubjectWithoutMakingAKey() throws IOException {
        assertTrue(store().find("c-17").isEmpty());

        assertEquals(1, files().size(), "the key of the index alone");
    }

    @Test
    void forgetsForGood() throws IOException {
        SubjectKeyStore store = store();
        store.pseudonyms(IntStream.range(0, 500).mapToObj(i -> "c-" + i).toList());
        SubjectPseudonym before = store.keyOf("c-17").pseudonym("c-17");
        String name = before.text().split(":")[0];
        assertTrue(holds(name), "the key's name stands in a file as long as the key does");

        assertTrue(store.forget("c-17"));

        assertFalse(holds(name));
        assertTrue(store.find("c-17").isEmpty());
        assertTrue(store().find("c-17").isEmpty());
        assertFalse(store().forget("c-17"));
        assertNotEquals(before, store().keyOf("c-17").pseudonym("c-17"));
        assertTrue(store().find("c-18").isPresent());
    }

    @Test
    void showsNoSubjectInNamesOrFiles() throws IOException {
        store().keyOf("ada@example.com");

        for (Path file : files()) {
            assertFalse(file.toString().contains("ada"));
            assertFalse(
                    new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains("ada@example.com"));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void writesOverWhatACrashLeftUnfinished() throws IOException {
        SubjectPseudonym before = store().keyOf("c-17").pseudonym("c-17");
        Path file = bucket();
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        assertEquals(before, store().keyOf("c-17").pseudonym("c-17"));

        byte[] unfinished = new byte[100];
        unfinished[5] = 7;
        Files.write(file, unfinished, StandardOpenOption.APPEND);
        SubjectKeyStore after = store();
        assertEquals(before, after.keyOf("c-17").pseudonym("c-17"));
        List<String> more = IntStream.range(0, 20_000).mapToObj(i -> "d-" + i).toList();
        SortedSet<SubjectPseudonym> added = after.pseudonyms(more);

        assertEquals(added, store().pseudonyms(more));
        assertEquals(before, store().keyOf("c-17").pseudonym("c-17"));
    }

    @Test
    void refusesADamagedFileInsteadOfGivingAnotherKey() throws IOException {
        store().pseudonyms(IntStream.range(0, 20_000).mapToObj(i -> "c-" + i).toList());
        List<Path> damaged = new ArrayList<>();
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            if (file.toString().endsWith(".keys") && bytes.length >= 128) {
                bytes[40] ^= 1;
                Files.write(file, bytes);
                damaged.add(file);
            }
        }
        SubjectKeyStore after = store();
        assertFalse(damaged.isEmpty());

        List<String> all = IntStream.range(0, 20_000).mapToObj(i -> "c-" + i).toList();
        Problem problem = assertThrows(Problem.class, () -> after.pseudonyms(all));

        assertEquals(ProblemCode.STORAGE_FAILED, problem.code());
    }

    @Test
    void givesTwoThatAskAtOnceTheSameKey() throws Exception {
        SubjectKeyStore store = store();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<SortedSet<SubjectPseudonym>>> asks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asks.add(() -> store.pseudonyms(List.of("a", "b", "c", "a")));
            }
            Set<SortedSet<SubjectPseudonym>> answers = new HashSet<>();
            for (Future<SortedSet<SubjectPseudonym>> answer : threads.invokeAll(asks)) {
                answers.add(answer.get());
            }
            assertEquals(1, answers.size());
            assertEquals(3, answers.iterator().next().size());
        }
    }

    private Path bucket() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".keys"))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds(String hex) throws IOException {
        byte[] wanted = HexFormat.of().parseHex(hex);
        String needle = new String(wanted, StandardCharsets.ISO_8859_1);
        for (Path file : files()) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(needle)) {
                return true;
            }
        }
        return false;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(keys)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
