package dev.sheaf.cli.mesh;

import dev.sheaf.client.ManifestFile;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Collects the YAML and JSON files of a folder and those below it, in path order. Hidden files and
/// folders are left out.
public final class ManifestFiles {
    private static final ByteSize FILE_MAX = ByteSize.ofMebibytes(16);
    private static final int DEPTH_MAX = 32;

    private ManifestFiles() {}

    /// @param places files or folders, seen from the working directory
    /// @throws Problem NOT_FOUND when a place is not there or holds no manifest
    public static List<ManifestFile> read(Path workingDirectory, List<Path> places) {
        List<ManifestFile> files = new ArrayList<>();
        for (Path given : places) {
            Path place = workingDirectory.resolve(given);
            try {
                if (Files.isDirectory(place)) {
                    addFolder(place, files);
                } else if (Files.exists(place)) {
                    files.add(file(place, String.valueOf(place.getFileName())));
                } else {
                    throw new Problem(ProblemCode.NOT_FOUND, "there is no file or folder " + place);
                }
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.UNREADABLE_INPUT, "cannot read " + place + ": " + e, e);
            }
        }
        return files;
    }

    private static void addFolder(Path folder, List<ManifestFile> files) throws IOException {
        int before = files.size();
        try (Stream<Path> found = Files.walk(folder, DEPTH_MAX, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : found.filter(Files::isRegularFile).sorted().toList()) {
                Path relative = folder.relativize(path);
                if (isManifest(relative)) {
                    files.add(file(path, relative.toString().replace('\\', '/')));
                }
            }
        }
        if (files.size() == before) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there are no manifests in "
                            + folder
                            + ": files that end in .yaml, .yml or .json");
        }
    }

    private static boolean isManifest(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private static ManifestFile file(Path path, String shown) throws IOException {
        if (Files.size(path) > FILE_MAX.bytes()) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    path
                            + " is larger than "
                            + FILE_MAX
                            + ": that is no manifest. Keep data apart");
        }
        return new ManifestFile(shown, Files.readAllBytes(path));
    }
}
