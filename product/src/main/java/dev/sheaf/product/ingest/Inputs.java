package dev.sheaf.product.ingest;

import dev.sheaf.kernel.DataFileName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;

import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Turns what a publish was given (files, folders, object-store URIs) into local files with their
/// digests. Folders are read recursively in path order; a URI that ends with `/` is a folder. Of a
/// folder only files with an extension for data are taken (so neither README nor SOURCE.txt), and
/// no hidden ones; a file that is named itself is always taken. Objects are streamed down into the
/// scratch folder.
public final class Inputs {
    private static final Pattern REMOTE = Pattern.compile("[a-z][a-z0-9+.-]+://.*");

    private final FileIO files;
    private final Path scratch;

    public Inputs(FileIO files, Path scratch) {
        this.files = files;
        this.scratch = scratch;
    }

    /// A file that is there, not yet digested.
    ///
    /// @param name as reports call it
    public record Located(String name, Path path) {}

    /// @throws Problem NOT_FOUND when a location does not exist, BAD_REQUEST when nothing is left
    public List<Located> locate(List<String> locations) throws IOException {
        List<Located> found = new ArrayList<>();
        for (String location : locations) {
            if (location.startsWith("file:")) {
                local(Path.of(java.net.URI.create(location)), location, found);
            } else if (REMOTE.matcher(location).matches()) {
                remote(location, found);
            } else {
                local(Path.of(location), location, found);
            }
        }
        if (found.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "there is nothing to publish: the folders given hold no files that end in "
                            + DataFileName.ENDS
                            + "; a file with another name must be named itself");
        }
        return found;
    }

    /// Digests a located file.
    public static dev.sheaf.product.ingest.InputFile digest(Located located) throws IOException {
        try (InputStream in = Files.newInputStream(located.path())) {
            return new dev.sheaf.product.ingest.InputFile(
                    located.name(), located.path(), Sha256.of(in), Files.size(located.path()));
        }
    }

    private static void local(Path path, String name, List<Located> found) throws IOException {
        if (!Files.exists(path)) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no file or folder '" + name + "'");
        }
        if (!Files.isDirectory(path)) {
            found.add(new Located(name, path));
            return;
        }
        try (Stream<Path> walk = Files.walk(path)) {
            walk.filter(Files::isRegularFile)
                    .filter(file -> !hidden(path.relativize(file)))
                    .filter(file -> DataFileName.matches(file.getFileName().toString()))
                    .sorted(Comparator.comparing(file -> path.relativize(file).toString()))
                    .forEach(
                            file -> found.add(new Located(path.relativize(file).toString(), file)));
        }
    }

    private static boolean hidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private void remote(String location, List<Located> found) throws IOException {
        if (!location.endsWith("/")) {
            found.add(download(files.newInputFile(location), location, found.size()));
            return;
        }
        if (!(files instanceof SupportsPrefixOperations folders)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the store of '" + location + "' cannot list folders; name the objects");
        }
        List<FileInfo> objects =
                StreamSupport.stream(folders.listPrefix(location).spliterator(), false)
                        .filter(object ->
                                !hiddenKey(object.location().substring(location.length())))
                        .filter(object -> DataFileName.matches(object.location()))
                        .sorted(Comparator.comparing(FileInfo::location))
                        .toList();
        for (FileInfo object : objects) {
            found.add(
                    download(
                            files.newInputFile(object.location(), object.size()),
                            object.location(),
                            found.size()));
        }
    }

    private static boolean hiddenKey(String key) {
        return key.isEmpty() || key.startsWith(".") || key.contains("/.") || key.endsWith("/");
    }

    private Located download(InputFile object, String name, int number) throws IOException {
        Path copy = scratch.resolve("object-" + number);
        try (InputStream in = object.newStream()) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (NotFoundException e) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, "there is no object '" + name + "'", Map.of(), e);
        }
        return new Located(name, copy);
    }
}
