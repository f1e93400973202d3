package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.Lake.PlannedFile;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Files of local stores, read where they lie.
public final class LocalFiles implements FileAccess {
    private final List<Path> roots;

    /// @param roots the stores' directories
    public LocalFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    @Override
    public List<Path> roots() {
        return roots;
    }

    @Override
    public boolean isRemote(List<PlannedFile> files) {
        return false;
    }

    @Override
    public Opened open(
            List<PlannedFile> files,
            Schema schema,
            Optional<Set<String>> columns,
            Expression filter) {
        List<Path> paths = new ArrayList<>(files.size());
        files.forEach(file -> paths.add(pathOf(file.location())));
        return new InPlace(List.copyOf(paths));
    }

    /// The path of a `file:` URI or of a plain absolute path.
    static Path pathOf(String location) {
        if (location.startsWith("/")) {
            return Path.of(location);
        }
        if (location.startsWith("file:")) {
            return Path.of(URI.create(location).getPath());
        }
        throw new Problem(
                ProblemCode.UNAVAILABLE,
                "a file of the release lies in a store that this node cannot read");
    }

    private record InPlace(List<Path> paths) implements Opened {
        @Override
        public boolean mayLack() {
            return false;
        }

        @Override
        public boolean widen() {
            return false;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
