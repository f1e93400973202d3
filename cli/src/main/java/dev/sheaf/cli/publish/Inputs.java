package dev.sheaf.cli.publish;

import dev.sheaf.client.Upload;
import dev.sheaf.kernel.DataFileName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What is to be published: files to send, or URIs that the node fetches; never both.
///
/// @param bytes of all files together
record Inputs(List<Upload> uploads, List<URI> uris, long bytes) {
    /// Reads arguments: a path, a folder (every data file below it, hidden ones left out, in path
    /// order), or a URI with a scheme.
    ///
    /// @throws Problem NOT_FOUND, BAD_REQUEST
    static Inputs of(Path workingDirectory, List<String> arguments) {
        List<Upload> uploads = new ArrayList<>();
        List<URI> uris = new ArrayList<>();
        long bytes = 0;
        for (String argument : arguments) {
            if (argument.contains("://")) {
                uris.add(uri(argument));
                continue;
            }
            for (Path file : files(workingDirectory.resolve(argument))) {
                uploads.add(Upload.of(file));
                bytes += size(file);
            }
        }
        if (!uploads.isEmpty() && !uris.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "files and URIs cannot be published in one go: publish the files, then the"
                            + " URIs");
        }
        return new Inputs(uploads, uris, bytes);
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'" + text + "' is not a URI: " + e.getMessage() + ". Encode blanks as %20",
                    e);
        }
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            if (!Files.isRegularFile(place) || !Files.isReadable(place)) {
                throw new Problem(
                        ProblemCode.NOT_FOUND,
                        (Files.exists(place) ? "cannot read " : "there is no file ") + place);
            }
            return List.of(place);
        }
        try (Stream<Path> entries = Files.walk(place)) {
            List<Path> files =
                    entries.filter(Files::isRegularFile)
                            .filter(file -> !isHidden(place.relativize(file)))
                            .filter(file -> DataFileName.matches(file.toString()))
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new Problem(
                        ProblemCode.NOT_FOUND,
                        "there are no files in "
                                + place
                                + " that end in "
                                + DataFileName.ENDS
                                + "; a file of another name can be named itself");
            }
            return files;
        } catch (IOException e) {
            throw new Problem(ProblemCode.NOT_FOUND, "cannot read " + place + ": " + e, e);
        }
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new Problem(ProblemCode.NOT_FOUND, "cannot read " + file + ": " + e, e);
        }
    }
}
