package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// One line of a [Plan].
///
/// @param fromVersion the version that is there, for products and contracts
/// @param toVersion the version that will be there
public record PlannedChange(
        Action action,
        Kind kind,
        String name,
        Optional<String> fromVersion,
        Optional<String> toVersion,
        List<ChangeDetail> details) {
    public PlannedChange {
        details = List.copyOf(details);
    }

    /// What happens.
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        UNCHANGED
    }

    /// To what.
    public enum Kind {
        DOMAIN,
        PRODUCT,
        CONTRACT
    }
}
