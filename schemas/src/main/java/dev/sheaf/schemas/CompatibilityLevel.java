package dev.sheaf.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a new version of a subject's schema must be compatible with. `BACKWARD`: readers of the new
/// one read what was written with the old one; `FORWARD` the other way round; `FULL` both; with the
/// last version only, or (`_TRANSITIVE`) with all that there are.
public enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean isBackward;
    private final boolean isForward;
    private final boolean isTransitive;

    CompatibilityLevel(boolean isBackward, boolean isForward, boolean isTransitive) {
        this.isBackward = isBackward;
        this.isForward = isForward;
        this.isTransitive = isTransitive;
    }

    public static Optional<CompatibilityLevel> named(String text) {
        return Arrays.stream(values()).filter(each -> each.name().equals(text)).findFirst();
    }

    /// An earlier version.
    ///
    /// @param number of the version, from 1
    public record Earlier(int number, ParsedSchema schema) {}

    /// Who cannot read what, as sentences; empty when the new schema may follow.
    ///
    /// @param earlier in order
    public List<String> breaks(ParsedSchema schema, List<Earlier> earlier) {
        List<String> breaks = new ArrayList<>();
        List<Earlier> concerned =
                isTransitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
        for (Earlier version : concerned.reversed()) {
            if (isBackward) {
                for (Incompatibility each : schema.readingOf(version.schema())) {
                    breaks.add(
                            "readers of the new schema cannot read what was written with version "
                                    + version.number()
                                    + ": "
                                    + each);
                }
            }
            if (isForward) {
                for (Incompatibility each : version.schema().readingOf(schema)) {
                    breaks.add(
                            "readers of version "
                                    + version.number()
                                    + " cannot read what is written with the new schema: "
                                    + each);
                }
            }
        }
        return breaks;
    }
}
