package dev.sheaf.governance.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.regex.Pattern;

/// A person whose data were concerned, as a keyed hash: `key:32 hexadecimal digits`. Without the
/// key it tells nothing about the person; with it, it answers who saw their data. Ordered by text.
///
/// @param text as [SubjectKeys] makes it
public record SubjectPseudonym(String text) implements Comparable<SubjectPseudonym> {
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?:[0-9a-f]{32}");

    public SubjectPseudonym {
        if (!FORM.matcher(text).matches()) {
            // The value is not shown: it may be a person's name that was put here by mistake.
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a text of "
                            + text.length()
                            + " characters is no pseudonym: expected is a key's name, a colon and"
                            + " 32 hexadecimal digits. Make it with the node's subject keys");
        }
    }

    @Override
    public int compareTo(SubjectPseudonym other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
