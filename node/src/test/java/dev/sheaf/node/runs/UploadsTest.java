package dev.sheaf.node.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

final class UploadsTest {
    private static final String TYPE = "multipart/form-data; boundary=b0x";

    @TempDir Path root;

    @Test
    void takesFilesByteForByteHoweverTheyArrive() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            byte[] first = nasty(random);
            byte[] second = nasty(random);
            PublishOrder.Files.Uploaded taken =
                    uploads(1 << 20, 10)
                            .take("run" + seed, TYPE, new Dripping(body(first, second), random));
            assertEquals(2, taken.files().size(), "seed " + seed);
            assertArrayEquals(first, Files.readAllBytes(taken.files().get(0)), "seed " + seed);
            assertArrayEquals(second, Files.readAllBytes(taken.files().get(1)), "seed " + seed);
        }
    }

    @Test
    void leavesNothingOfAnUploadThatIsCutOff() throws IOException {
        byte[] whole = body("id\n1\n".getBytes(StandardCharsets.UTF_8), new byte[5000]);
        for (int length : new int[] {0, 3, 60, 150, whole.length - 8}) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            Problem problem =
                    assertThrows(
                            Problem.class,
                            () ->
                                    uploads(1 << 20, 10)
                                            .take("r", TYPE, new ByteArrayInputStream(part)));
            assertEquals(ProblemCode.BAD_REQUEST, problem.code());
            assertEmpty();
        }
    }

    @Test
    void leavesNothingOfAnUploadThatIsTooLargeOrHasTooManyFiles() throws IOException {
        byte[] whole = body(new byte[600], new byte[600]);
        assertEquals(ProblemCode.TOO_LARGE, refused(uploads(1000, 10), whole));
        assertEquals(ProblemCode.TOO_LARGE, refused(uploads(5000, 1), whole));
        assertEmpty();
    }

    @Test
    void namesOfFilesNeverLeadOutOfTheFolder() {
        assertEquals("passwd", Uploads.safe("../../etc/passwd"));
        assertEquals("a_b.csv.gz", Uploads.safe("C:\\x\\a b.csv.gz"));
        assertEquals("file", Uploads.safe("/"));
        assertEquals(120, Uploads.safe("x".repeat(500) + ".csv").length());
    }

    @Test
    void refusesWhatIsNotAnUpload() {
        assertEquals(
                ProblemCode.BAD_REQUEST,
                assertThrows(
                                Problem.class,
                                () ->
                                        uploads(100, 1)
                                                .take(
                                                        "r",
                                                        "text/plain",
                                                        InputStream.nullInputStream()))
                        .code());
    }

    private ProblemCode refused(Uploads uploads, byte[] body) {
        return assertThrows(
                        Problem.class,
                        () -> uploads.take("r", TYPE, new ByteArrayInputStream(body)))
                .code();
    }

    private void assertEmpty() throws IOException {
        try (java.util.stream.Stream<Path> left = Files.list(root)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private Uploads uploads(long bytesMax, int filesMax) {
        return new Uploads(root, new ByteSize(bytesMax), filesMax, new ByteSize(0));
    }

    /// Bytes that look like boundaries and line ends as often as possible.
    private static byte[] nasty(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String[] pieces = {"\r\n--b", "\r\n", "\r", "--b0", "\n--b0", "y", "\r\n--b1", "\0"};
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            bytes.writeBytes(
                    pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static byte[] body(byte[]... files) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] file : files) {
            body.writeBytes(
                    "--b0x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--b0x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /// Gives a few bytes at a time.
    private static final class Dripping extends ByteArrayInputStream {
        private final Random random;

        Dripping(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
        }
    }
}
