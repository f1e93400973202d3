package dev.sheaf.governance.source;

import dev.sheaf.rego.syntax.RegoVersion;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// One file of a set of policies: a module (`.rego`), or a data document (`.json`, `.yaml`,
/// `.yml`).
///
/// @param path relative, with slashes
/// @param version of a module; nothing of a document
public record PolicyFile(String path, String text, RegoVersion version) {
    private static final int PATH_CHARACTERS_MAX = 200;
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /// What a file holds, by the end of its path.
    enum Kind {
        MODULE,
        JSON,
        YAML,
        OTHER
    }

    Kind kind() {
        if (path.endsWith(".rego")) {
            return Kind.MODULE;
        } else if (path.endsWith(".json")) {
            return Kind.JSON;
        }
        return path.endsWith(".yaml") || path.endsWith(".yml") ? Kind.YAML : Kind.OTHER;
    }

    /// Whether its text is the same after it was written as UTF-8 and read again.
    boolean isText() {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /// What is wrong with the path; empty when nothing is. A right one leads to a file below any
    /// folder, on any file system.
    Optional<String> pathFault() {
        if (path.length() > PATH_CHARACTERS_MAX) {
            return Optional.of("the path has more than " + PATH_CHARACTERS_MAX + " characters");
        }
        for (String part : path.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                return Optional.of(
                        "'"
                                + part
                                + "' cannot be part of a path: letters, digits, . _ -, and no . at"
                                + " its beginning");
            }
        }
        return kind() == Kind.OTHER
                ? Optional.of("it is neither a module (.rego) nor data (.json, .yaml, .yml)")
                : Optional.empty();
    }
}
