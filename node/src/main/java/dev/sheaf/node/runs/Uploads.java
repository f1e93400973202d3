package dev.sheaf.node.runs;

import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Takes files that callers send into a folder for each run. What is cut off, too large or refused
/// leaves nothing.
public final class Uploads {
    private static final String NUMBERED = "%05d-%s";
    private static final int NUMBER_LENGTH = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int NAME_CHARACTERS_MAX = 120;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SPACE_LOOK_BYTES = 64 << 20;

    private final Path root;
    private final ByteSize sizeMax;
    private final int filesMax;
    private final ByteSize freeMin;

    /// @param freeMin what must stay free on the disk
    public Uploads(Path root, ByteSize sizeMax, int filesMax, ByteSize freeMin) {
        this.root = root;
        this.sizeMax = sizeMax;
        this.filesMax = filesMax;
        this.freeMin = freeMin;
    }

    /// Reads the body to its end.
    ///
    /// @throws Problem TOO_LARGE, BAD_REQUEST (cut off, malformed, no file), STORAGE_FAILED
    public PublishOrder.Files.Uploaded take(String runId, String contentType, InputStream body) {
        Path folder = root.resolve(runId);
        boolean whole = false;
        try {
            Files.createDirectory(folder);
            List<Path> files = receive(folder, contentType, body);
            if (files.isEmpty()) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "the upload holds no file: send at least one part with a filename");
            }
            whole = true;
            return new PublishOrder.Files.Uploaded(folder, files);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (!whole) {
                delete(folder);
            }
        }
    }

    /// The name under which a received file was sent, as far as it is safe in a path.
    static String sentName(Path received) {
        return received.getFileName().toString().substring(NUMBER_LENGTH);
    }

    private List<Path> receive(Path folder, String contentType, InputStream body)
            throws IOException {
        List<Path> files = new ArrayList<>();
        MultipartReader parts = new MultipartReader(body, MultipartReader.boundary(contentType));
        long left = sizeMax.bytes();
        while (parts.next()) {
            if (parts.fileName().isEmpty()) {
                continue; // a form's field, which means nothing here
            }
            if (files.size() == filesMax) {
                throw new Problem(
                        ProblemCode.TOO_LARGE, "more than " + filesMax + " files in one upload");
            }
            String name =
                    String.format(
                            Locale.ROOT, NUMBERED, files.size() + 1, safe(parts.fileName().get()));
            Path file = folder.resolve(name);
            left -= copy(parts.content(), file, left);
            files.add(file);
        }
        return files;
    }

    private long copy(InputStream content, Path file, long left) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long written = 0;
        long looked = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                written += read;
                if (written > left) {
                    throw new Problem(
                            ProblemCode.TOO_LARGE,
                            "the upload is larger than " + sizeMax + " in all");
                }
                if (written - looked > SPACE_LOOK_BYTES) {
                    looked = written;
                    requireSpace();
                }
                try {
                    out.write(buffer, 0, read);
                } catch (IOException e) {
                    throw new Problem(
                            ProblemCode.STORAGE_FAILED,
                            "the node's disk does not take the upload: " + e.getMessage(),
                            e);
                }
            }
        }
        return written;
    }

    private void requireSpace() throws IOException {
        if (Files.getFileStore(root).getUsableSpace() < freeMin.bytes()) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the node's disk has less than " + freeMin + " free; the upload was given up");
        }
    }

    /// The last segment of a path, letters, digits and `._-` only; its end tells the format and
    /// stays.
    static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = last.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        String cut =
                plain.length() > NAME_CHARACTERS_MAX
                        ? plain.substring(plain.length() - NAME_CHARACTERS_MAX)
                        : plain;
        return cut.isEmpty() ? "file" : cut;
    }

    /// Deletes a run's folder.
    public static void delete(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the upload {} stays until the next start", folder, e);
        }
    }

    private static Problem failed(IOException e) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "the upload broke off before its end: " + e.getMessage(),
                e);
    }
}
