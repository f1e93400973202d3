package dev.sheaf.cli.contract;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Documents from files, folders and standard input.
final class ContractFiles {
    static final String STANDARD_INPUT = "-";

    private static final int DEPTH_MAX = 32;

    private final Cli cli;

    /// @param named whether it was named itself, and not found in a folder
    record Found(Path path, String shown, boolean named) {}

    ContractFiles(Cli cli) {
        this.cli = cli;
    }

    /// Every place with the documents of folders (`.yaml`, `.yml`, `.json`, not hidden) in path
    /// order.
    ///
    /// @throws Problem NOT_FOUND when a place is not there
    List<Found> find(List<String> places) {
        List<Found> found = new ArrayList<>();
        for (String place : places) {
            Path path = cli.workingDirectory().resolve(place);
            if (place.equals(STANDARD_INPUT) || Files.isRegularFile(path)) {
                found.add(new Found(path, place, true));
            } else if (Files.isDirectory(path)) {
                addFolder(path, place, found);
            } else if (Files.exists(path)) {
                found.add(new Found(path, place, true));
            } else {
                throw new Problem(
                        ProblemCode.INVALID_VALUE, "there is no file or folder '" + place + "'");
            }
        }
        return found;
    }

    private static void addFolder(Path folder, String shown, List<Found> found) {
        try (Stream<Path> below = Files.walk(folder, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
            below.filter(path -> isDocument(folder.relativize(path)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(path ->
                            found.add(
                                    new Found(
                                            path,
                                            Path.of(shown)
                                                    .resolve(folder.relativize(path))
                                                    .toString(),
                                            false)));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(shown, e);
        }
    }

    private static boolean isDocument(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    /// @throws Problem INVALID_VALUE when it cannot be read
    Source read(Found found) {
        try {
            if (found.shown().equals(STANDARD_INPUT)) {
                return new Source(found.shown(), bounded(cli.terminal().in()));
            }
            try (InputStream stream = Files.newInputStream(found.path())) {
                return new Source(found.shown(), bounded(stream));
            }
        } catch (IOException e) {
            throw unreadable(found.shown(), e);
        }
    }

    Source read(String place) {
        return read(new Found(cli.workingDirectory().resolve(place), place, true));
    }

    /// One byte more than is allowed is enough to be refused.
    private static byte[] bounded(InputStream stream) throws IOException {
        return stream.readNBytes(DocumentReader.BYTES_MAX + 1);
    }

    private static Problem unreadable(String shown, Exception e) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "cannot read '"
                        + shown
                        + "': "
                        + (e instanceof java.nio.file.NoSuchFileException
                                ? "it is not there"
                                : e.toString()),
                e);
    }
}
