package dev.sheaf.contract.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions of contracts. ODCS says ECMA-262; the common part with the JDK's is checked.
final class Patterns {
    private Patterns() {}

    static Optional<String> fault(String pattern) {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    "is no regular expression: "
                            + e.getDescription()
                            + " near index "
                            + e.getIndex()
                            + "; correct it, or the rule cannot be run");
        }
    }
}
