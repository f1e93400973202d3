package dev.sheaf.product.apply;

import dev.sheaf.contract.diff.ContractDiff;

import java.util.List;
import java.util.Optional;

/// What a plan does to one thing.
///
/// @param subject the domain's name, or the product's for a product and its contract
/// @param file the manifest that asks for it, empty for a deletion
/// @param fields what differs; empty when nothing does, or only comments and layout do
/// @param contract what the change means for consumers; empty unless it updates a contract
public record PlannedChange(
        Kind kind,
        String subject,
        Action action,
        Optional<String> file,
        List<FieldChange> fields,
        Optional<ContractDiff> contract) {
    public PlannedChange {
        fields = List.copyOf(fields);
    }

    /// What is declared.
    public enum Kind {
        DOMAIN,
        PRODUCT,
        CONTRACT
    }

    /// What happens to it.
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        UNCHANGED
    }
}
