package dev.sheaf.node.runs;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The folders of the node's machine whose files callers may have published. A symbolic link does
/// not lead out of them.
public final class ImportRoots {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRoots.class);
    private static final Set<String> REMOTE = Set.of("s3", "gs", "abfss");

    private final List<Path> roots;

    /// @param roots absolute; one that does not exist allows nothing
    public ImportRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /// The same URIs, local ones in their real form.
    ///
    /// @throws Problem FORBIDDEN for a file outside, with the same words whether it exists or not;
    ///   BAD_REQUEST for other schemes
    public List<URI> allowed(List<URI> uris) {
        return uris.stream().map(this::allowed).toList();
    }

    private URI allowed(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (REMOTE.contains(scheme)) {
            return uri;
        }
        if (!scheme.equals("file") || uri.getPath() == null) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "'" + uri + "' cannot be fetched: use s3://, gs://, abfss:// or file:/// URIs");
        }
        Path real = real(Path.of(uri.getPath())).orElseThrow(() -> outside(uri));
        boolean inside =
                roots.stream()
                        .map(ImportRoots::real)
                        .flatMap(Optional::stream)
                        .anyMatch(real::startsWith);
        if (!inside) {
            throw outside(uri);
        }
        return real.toUri();
    }

    /// Without symbolic links; empty when there is nothing, or nothing that the node may see.
    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            LOG.debug("{} is not there", path, e);
            return Optional.empty();
        }
    }

    private Problem outside(URI uri) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                roots.isEmpty()
                        ? "this node publishes no files of its own machine; upload them, or"
                                + " configure publish.importRoots"
                        : uri + " is not a file below one of the node's import roots");
    }
}
