package dev.sheaf.product.apply;

import java.util.List;

/// What a new version of a contract means for those who rely on the old one.
///
/// @param changes worst first
public record ContractVerdict(String oldVersion, String newVersion, List<Change> changes) {
    public ContractVerdict {
        changes = List.copyOf(changes);
    }

    public boolean isBreaking() {
        return changes.stream().anyMatch(Change::breaking);
    }

    /// @param level `breaking`, `forward`, `backward` or `cosmetic`
    /// @param where the part of the contract that differs
    /// @param reason for a person to act on
    public record Change(String level, boolean breaking, String where, String reason) {}
}
