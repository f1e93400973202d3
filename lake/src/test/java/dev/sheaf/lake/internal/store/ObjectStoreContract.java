package dev.sheaf.lake.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every store does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectStoreContract {
    @TempDir Path temporary;
    private RoutedFiles files;
    private String root;

    /// The store under test; called before each test.
    abstract StoreConfig store() throws Exception;

    /// The same store with a root whose bucket or container is not there.
    abstract StoreConfig withoutContainer() throws Exception;

    /// The same store with credentials that it does not accept.
    abstract StoreConfig forbidden() throws Exception;

    /// The same store at an address where nothing listens.
    abstract StoreConfig unreachable() throws Exception;

    @BeforeEach
    void open() throws Exception {
        StoreConfig config = store();
        files = RoutedFiles.over(List.of(config));
        root = config.root();
    }

    @AfterEach
    void tidy() {
        files.deletePrefix(root + "/");
        files.close();
    }

    private String at(String key) {
        return root + "/" + key;
    }

    private void write(String location, byte[] bytes) throws IOException {
        try (PositionOutputStream out = files.newOutputFile(location).createOrOverwrite()) {
            out.write(bytes);
            assertEquals(bytes.length, out.getPos());
        }
    }

    private byte[] read(String location) throws IOException {
        try (SeekableInputStream in = files.newInputFile(location).newStream()) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> listed(String prefix) {
        return files.listPrefix(prefix).stream().map(FileInfo::location).sorted().toList();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        write(at("a/b"), text("hello"));
        assertArrayEquals(text("hello"), read(at("a/b")));
        InputFile file = files.newInputFile(at("a/b"));
        assertEquals(5, file.getLength());
        assertTrue(file.exists());
        write(at("empty"), new byte[0]);
        assertEquals(0, read(at("empty")).length);
    }

    @Test
    void overwritingReplacesAndCreatingDoesNot() throws IOException {
        write(at("f"), text("one"));
        write(at("f"), text("two, longer"));
        assertArrayEquals(text("two, longer"), read(at("f")));
        assertThrows(
                AlreadyExistsException.class, () -> files.newOutputFile(at("f")).create().close());
        assertArrayEquals(text("two, longer"), read(at("f")));
    }

    @Test
    void nothingIsSeenBeforeTheStreamIsClosed() throws IOException {
        PositionOutputStream out = files.newOutputFile(at("late")).create();
        out.write(text("x"));
        out.flush();
        assertFalse(files.newInputFile(at("late")).exists());
        assertEquals(List.of(), listed(at("")));
        out.close();
        assertArrayEquals(text("x"), read(at("late")));
    }

    @Test
    void rangesAndSeeksGiveTheRightBytes() throws IOException {
        byte[] bytes = random(300_000);
        write(at("r"), bytes);
        try (SeekableInputStream in = files.newInputFile(at("r"), bytes.length).newStream()) {
            in.seek(100_000);
            assertArrayEquals(Arrays.copyOfRange(bytes, 100_000, 100_010), in.readNBytes(10));
            assertEquals(100_010, in.getPos());
            in.seek(5);
            assertEquals(bytes[5] & 0xff, in.read());
            in.seek(bytes.length);
            assertEquals(-1, in.read());
            RangeReadable ranges = (RangeReadable) in;
            byte[] part = new byte[1000];
            ranges.readFully(299_000, part);
            assertArrayEquals(Arrays.copyOfRange(bytes, 299_000, 300_000), part);
            assertThrows(Problem.class, () -> ranges.readFully(299_500, new byte[1000]));
        }
    }

    @Test
    void listsByPrefixAndDeletesByPrefix() throws IOException {
        for (String key : List.of("p/1", "p/2/x", "p/2/y", "pq", "z")) {
            write(at(key), text(key));
        }
        assertEquals(List.of(at("p/1"), at("p/2/x"), at("p/2/y")), listed(at("p/")));
        assertEquals(4, listed(at("p")).size());
        assertEquals(3, files.listPrefix(at("p/2/x")).getFirst().size() - 2);
        files.deletePrefix(at("p/"));
        assertEquals(List.of(at("pq"), at("z")), listed(at("")));
        files.deletePrefix(at("nothing/"));
        assertEquals(List.of(), listed(at("nothing/")));
    }

    @Test
    void deletesManyAtOnceAndWhatIsNotThereIsNoError() throws IOException {
        List<String> locations = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            locations.add(at("many/" + i));
            write(locations.getLast(), text("x"));
        }
        locations.add(at("many/missing"));
        files.deleteFiles(locations);
        assertEquals(List.of(), listed(at("many/")));
        files.deleteFile(at("many/missing"));
    }

    @Test
    void aMissingFileIsNotFoundByName() {
        InputFile missing = files.newInputFile(at("missing"));
        assertFalse(missing.exists());
        for (Runnable use :
                List.<Runnable>of(
                        missing::getLength,
                        () -> {
                            try (SeekableInputStream in = missing.newStream()) {
                                in.read();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        })) {
            Problem problem = assertThrows(Problem.class, use::run);
            assertEquals(ProblemCode.NOT_FOUND, problem.code(), problem.message());
            assertTrue(problem.message().contains(at("missing")), problem.message());
        }
    }

    @Test
    void oddKeysAreKeptAsTheyAre() throws IOException {
        for (String key :
                List.of(
                        "Zürich 🚲/a b",
                        "plus+and&per%cent",
                        "k=v,w;x@y!(z)'",
                        "a.b..c",
                        "-",
                        "~")) {
            write(at(key), text(key));
            assertArrayEquals(text(key), read(at(key)));
            assertEquals(List.of(at(key)), listed(at(key)), key);
            files.deleteFile(at(key));
            assertFalse(files.newInputFile(at(key)).exists());
        }
    }

    @Test
    void aBigFileSurvivesUploadAndStreaming() throws IOException {
        byte[] bytes = random(36 << 20);
        Path local = Files.write(temporary.resolve(UUID.randomUUID().toString()), bytes);
        files.upload(local, at("big/uploaded"));
        assertArrayEquals(bytes, read(at("big/uploaded")));
        try (PositionOutputStream out = files.newOutputFile(at("big/streamed")).create()) {
            for (int i = 0; i < bytes.length; i += 1 << 20) {
                out.write(bytes, i, 1 << 20);
            }
        }
        assertArrayEquals(bytes, read(at("big/streamed")));
    }

    @Test
    void anUploadIsWholeOrNotAtAll() throws IOException {
        Path directory = Files.createDirectories(temporary.resolve("directory"));
        assertThrows(Problem.class, () -> files.upload(directory.resolve("none"), at("u/none")));
        assertEquals(List.of(), listed(at("u/")));
        write(at("u/replaced"), text("old"));
        Path local = Files.write(temporary.resolve("new"), text("new"));
        files.upload(local, at("u/replaced"));
        assertArrayEquals(text("new"), read(at("u/replaced")));
    }

    @Test
    void writersAtOnceLeaveOneWholeFileAndOnlyOneCreates() throws Exception {
        byte[] bytes = random(200_000);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] own = bytes.clone();
            Arrays.fill(own, 0, 1000, (byte) i);
            writers.add(() -> {
                write(at("shared"), own);
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                assertTrue(writer.get());
            }
        }
        byte[] read = read(at("shared"));
        assertEquals(bytes.length, read.length);
        for (int i = 1; i < 1000; i++) {
            assertEquals(read[0], read[i]);
        }
    }

    @Test
    void locationsOutsideTheRootAreRefused() {
        for (String location :
                List.of(
                        "s3://elsewhere/x",
                        "file:///etc/passwd",
                        root,
                        root + "x/y",
                        at("../x"),
                        at("a/../../x"),
                        at("a/%2e%2e/x"),
                        at("a%2fb"),
                        at("a//b"),
                        at("a?b"),
                        at("a\u0000b"))) {
            Problem problem =
                    assertThrows(Problem.class, () -> files.newInputFile(location), location);
            assertEquals(ProblemCode.INVALID_VALUE, problem.code());
        }
    }

    @Test
    void aMissingContainerIsSaidToBeMissing() throws Exception {
        expect(withoutContainer(), ProblemCode.NOT_FOUND);
    }

    @Test
    void refusedCredentialsAreForbidden() throws Exception {
        expect(forbidden(), ProblemCode.FORBIDDEN);
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnavailableWithinSeconds() throws Exception {
        long start = System.nanoTime();
        expect(unreachable(), ProblemCode.UNAVAILABLE);
        assertTrue(System.nanoTime() - start < 15_000_000_000L);
    }

    private void expect(StoreConfig config, ProblemCode code) throws IOException {
        Path local = Files.write(temporary.resolve("local"), text("x"));
        try (RoutedFiles other = RoutedFiles.over(List.of(config))) {
            Problem problem =
                    assertThrows(Problem.class, () -> other.upload(local, config.root() + "/x"));
            assertEquals(code, problem.code(), problem.message());
            assertTrue(problem.message().contains(config.root()), problem.message());
        }
    }
}
