package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Policies and documents in files, folders and standard input.
final class PolicyFiles {
    static final String STANDARD_INPUT = "-";

    private static final int DEPTH_MAX = 64;
    private static final int BYTES_MAX = 256 << 20;
    private static final Set<PosixFilePermission> NEW_FILE =
            PosixFilePermissions.fromString("rw-r--r--");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Cli cli;

    PolicyFiles(Cli cli) {
        this.cli = cli;
    }

    /// What a file holds, by the end of its name.
    enum Kind {
        POLICY,
        JSON,
        YAML,
        OTHER;

        static Kind of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".rego")) {
                return POLICY;
            } else if (lower.endsWith(".json")) {
                return JSON;
            }
            return lower.endsWith(".yaml") || lower.endsWith(".yml") ? YAML : OTHER;
        }
    }

    /// @param shown its name as the user would write it
    /// @param isNamed whether it was named itself, and not found in a folder
    /// @param folders those between the folder that was named and the file
    record Found(Path path, String shown, Kind kind, boolean isNamed, List<String> folders) {
        static Found named(Path path, String shown) {
            return new Found(path, shown, Kind.of(shown), true, List.of());
        }

        /// Below the folder that was named; of a file that was named, its own name.
        String name() {
            String own = String.valueOf(path.getFileName());
            return folders.isEmpty() ? own : String.join("/", folders) + "/" + own;
        }
    }

    /// Every file once: those named, and in path order those of folders that are policies or
    /// documents and not hidden.
    ///
    /// @throws Problem INVALID_VALUE when a place is not there or cannot be read
    List<Found> find(List<String> places) {
        List<Found> found = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (String place : places) {
            Path path = cli.workingDirectory().resolve(place);
            if (!Files.exists(path)) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE, "there is no file or folder '" + place + "'");
            }
            List<Found> here =
                    Files.isDirectory(path)
                            ? folder(path, place)
                            : List.of(Found.named(path, place));
            for (Found each : here) {
                if (known.add(real(each))) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    private static Path real(Found found) {
        try {
            return found.path().toRealPath();
        } catch (IOException e) {
            throw unreadable(found.shown(), e);
        }
    }

    private static List<Found> folder(Path folder, String shown) {
        try (Stream<Path> below = Files.walk(folder, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
            return below.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(path -> !isHidden(path))
                    .sorted(Comparator.comparing(Path::toString))
                    .map(path ->
                            new Found(
                                    folder.resolve(path),
                                    Path.of(shown).resolve(path).normalize().toString(),
                                    Kind.of(path.toString()),
                                    false,
                                    folders(path)))
                    .filter(found -> found.kind() != Kind.OTHER)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(shown, e);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> folders(Path relative) {
        List<String> names = new ArrayList<>();
        relative.forEach(part -> names.add(part.toString()));
        return List.copyOf(names.subList(0, names.size() - 1));
    }

    /// @throws Problem INVALID_VALUE when it cannot be read or is no UTF-8, TOO_LARGE
    String text(Found found) {
        try (InputStream stream = Files.newInputStream(found.path())) {
            return text(stream, found.shown());
        } catch (IOException e) {
            throw unreadable(found.shown(), e);
        }
    }

    /// The text of a file or, for `-`, of standard input.
    ///
    /// @throws Problem INVALID_VALUE when it cannot be read or is no UTF-8, TOO_LARGE
    String text(String place) {
        if (!place.equals(STANDARD_INPUT)) {
            Path path = cli.workingDirectory().resolve(place);
            return text(Found.named(path, place));
        }
        try {
            return text(cli.terminal().in(), "standard input");
        } catch (IOException e) {
            throw unreadable("standard input", e);
        }
    }

    /// Puts another content in the place of a file's, or makes the file; whole or not at all. What
    /// was there keeps its permissions, a link stays one.
    ///
    /// @throws Problem STORAGE_FAILED, with the file as it was
    static void write(Path path, String shown, byte[] content) {
        try {
            boolean isThere = Files.exists(path);
            Path target = isThere ? path.toRealPath() : path.toAbsolutePath();
            Path fresh = Files.createTempFile(target.getParent(), ".policy", ".tmp");
            try {
                Files.write(fresh, content);
                if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(
                            fresh, isThere ? Files.getPosixFilePermissions(target) : NEW_FILE);
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "cannot write '" + shown + "': " + e, e);
        }
    }

    private static String text(InputStream stream, String shown) throws IOException {
        byte[] bytes = stream.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "'" + shown + "' is larger than " + (BYTES_MAX >> 20) + " MiB");
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Problem(ProblemCode.INVALID_VALUE, "'" + shown + "' is not text in UTF-8", e);
        }
    }

    /// INVALID_VALUE, with what kept the file from being read.
    static Problem unreadable(String shown, Exception e) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "cannot read '"
                        + shown
                        + "': "
                        + (e instanceof NoSuchFileException ? "it is not there" : e.toString()),
                e);
    }
}
