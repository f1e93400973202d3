package dev.sheaf.governance.classify;

import java.util.List;

/// What a column may hold, for a person to confirm.
///
/// @param confidence from 0 to 1
/// @param evidence sentences with counts, never with values
public record Proposal(PersonalDataType type, double confidence, List<String> evidence) {
    public Proposal {
        evidence = List.copyOf(evidence);
    }
}
