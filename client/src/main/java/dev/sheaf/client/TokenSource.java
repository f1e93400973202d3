package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a client's bearer token comes from. Asked for each request, so that a renewed token is
/// found.
@FunctionalInterface
public interface TokenSource {
    /// @throws Problem UNAUTHENTICATED when there is none
    String token();

    /// A file that holds nothing but the token.
    static TokenSource file(Path path) {
        return () -> {
            try {
                return Files.readString(path).strip();
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.UNAUTHENTICATED,
                        "the token file " + path + " cannot be read: " + e.getMessage(),
                        e);
            }
        };
    }
}
