package dev.sheaf.node.runs;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.tracing.Span;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// What is to be published, and for whom.
///
/// @param runId unique, time-ordered, safe in a path
/// @param dryRun whether to stop before the release
/// @param caller who publishes; policies are asked about them
/// @param span what its publish is a part of
/// @param credential the token that they have shown, for regions whose products rules read
public record PublishOrder(
        String runId,
        ProductName product,
        Files files,
        boolean dryRun,
        Principal caller,
        Span span,
        String credential) {
    /// Without the credential.
    @Override
    public String toString() {
        return "PublishOrder[" + runId + ", " + product + ", " + caller.subject() + "]";
    }

    /// The caller's subject.
    public String by() {
        return caller.subject();
    }

    /// Where its files are.
    public sealed interface Files {
        /// Files that were sent, in a folder of this run's own that is deleted at its end.
        record Uploaded(Path folder, List<Path> files) implements Files {
            public Uploaded {
                files = List.copyOf(files);
            }
        }

        /// Files to fetch; local ones were held against the import roots.
        record Located(List<URI> uris) implements Files {
            public Located {
                uris = List.copyOf(uris);
            }
        }
    }
}
