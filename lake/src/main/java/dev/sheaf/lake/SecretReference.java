package dev.sheaf.lake;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a secret is found: `env:NAME` or `file:/path`. The secret itself is never configuration.
public record SecretReference(String text) {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    public SecretReference {
        if (!text.startsWith(ENVIRONMENT) && !text.startsWith(FILE)) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "a secret is given by reference, as env:NAME or file:/path, never itself");
        }
    }

    /// Reads the secret; surrounding white space is not part of it.
    ///
    /// @throws Problem INVALID_CONFIGURATION when it is not there
    public String resolve() {
        if (text.startsWith(ENVIRONMENT)) {
            String value = System.getenv(text.substring(ENVIRONMENT.length()));
            if (value == null || value.isBlank()) {
                throw missing("the environment variable is not set", null);
            }
            return value.strip();
        }
        try {
            return Files.readString(Path.of(text.substring(FILE.length()))).strip();
        } catch (IOException e) {
            throw missing("the file cannot be read", e);
        }
    }

    private Problem missing(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION, "no secret at " + text + ": " + why, cause);
    }
}
