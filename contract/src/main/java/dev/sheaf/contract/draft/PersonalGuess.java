package dev.sheaf.contract.draft;

import java.util.List;

/// What kind of personal data somebody takes a column for.
///
/// @param classification that is proposed, for example `email`
/// @param confidence from 0 to 1
/// @param evidence sentences without values
public record PersonalGuess(String classification, double confidence, List<String> evidence) {
    /// Below it, it is no line of a draft but a remark.
    static final double SURE_MIN = 0.5;

    public PersonalGuess {
        evidence = List.copyOf(evidence);
    }

    /// The surer one of two.
    public PersonalGuess surer(PersonalGuess other) {
        return other.confidence > confidence ? other : this;
    }

    boolean isSure() {
        return confidence >= SURE_MIN;
    }

    String words() {
        return String.join("; ", evidence)
                + String.format(java.util.Locale.ROOT, " (%.2f)", confidence);
    }
}
