package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What can be wrong with a bundle, and where in it.
final class Faults {
    private Faults() {}

    /// The archive as a whole.
    static Problem broken(String message, @Nullable Throwable cause) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT, "the bundle cannot be read: " + message, cause);
    }

    /// An entry that cannot be read, or must not be there.
    static Problem unreadable(String file, String message, @Nullable Throwable cause) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "the bundle's entry \"" + shown(file) + "\" cannot be used: " + message,
                Map.of("file", shown(file)),
                cause);
    }

    /// Content that does not fit the manifest or the other files.
    static Problem invalid(String file, String message) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "the bundle's " + file + " is not allowed: " + message,
                Map.of("file", file),
                null);
    }

    static Problem tooLarge(String what, long allowed, String unit) {
        return new Problem(
                ProblemCode.LIMIT_EXCEEDED,
                "the bundle is not read further: "
                        + what
                        + "; at most "
                        + allowed
                        + " "
                        + unit
                        + " are allowed. Make the bundle smaller, or allow more",
                Map.of("allowed", allowed, "unit", unit),
                null);
    }

    /// @param reason a word for machines
    static Problem untrusted(String reason, String message) {
        return new Problem(
                ProblemCode.UNAUTHENTICATED,
                "the bundle's signature is not accepted: " + message,
                Map.of("reason", reason),
                null);
    }

    /// @param reason a word for machines
    static Problem untrustedFile(String reason, String file, String message) {
        return new Problem(
                ProblemCode.UNAUTHENTICATED,
                "the bundle's signature is not accepted: \"" + file + "\" " + message,
                Map.of("reason", reason, "file", file),
                null);
    }

    static Problem unusableKey(String message, @Nullable Throwable cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION, "the key cannot be used: " + message, cause);
    }

    /// A name from outside, without what could confuse a terminal, and not too long.
    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 200 ? plain : plain.substring(0, 200) + "…";
    }
}
