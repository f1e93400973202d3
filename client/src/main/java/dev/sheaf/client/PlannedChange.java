package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// One line of a [Plan].
///
/// @param fromVersion the version that is there, for products and contracts
/// @param toVersion the version that will be there
/// @param details what the change of a contract means for those who rely on it, worst first
/// @param fields what differs between the documents
public record PlannedChange(
        Action action,
        Kind kind,
        String name,
        Optional<String> fromVersion,
        Optional<String> toVersion,
        List<ChangeDetail> details,
        List<FieldChange> fields) {
    public PlannedChange {
        details = List.copyOf(details);
        fields = List.copyOf(fields);
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
