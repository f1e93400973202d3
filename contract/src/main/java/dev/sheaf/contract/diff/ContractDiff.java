package dev.sheaf.contract.diff;

import dev.sheaf.contract.DataContract;

import java.util.List;
import java.util.Optional;

/// All differences between two versions of a contract, gravest first, then by path.
///
/// @param fromVersion the old contract's version as written
/// @param toVersion the new contract's version as written
public record ContractDiff(String fromVersion, String toVersion, List<Change> changes) {
    public ContractDiff {
        changes = List.copyOf(changes);
    }

    /// Compares what the contracts promise. Columns and tables are matched by name, or by the name
    /// that the custom property `sheaf.was` says they had.
    public static ContractDiff between(DataContract from, DataContract to) {
        return new ContractDiff(
                from.version(), to.version(), new ContractComparison(from, to).run());
    }

    /// The gravest impact; empty when nothing changed.
    public Optional<Impact> impact() {
        return changes.stream().map(Change::impact).max(Impact::compareTo);
    }

    public boolean breaking() {
        return impact().equals(Optional.of(Impact.BREAKING));
    }

    /// How much the version must at least be raised: breaking changes need a new major version,
    /// other changes of promises a minor one, words a patch.
    public SemanticVersion.Bump bump() {
        return impact().map(impact ->
                        switch (impact) {
                            case BREAKING -> SemanticVersion.Bump.MAJOR;
                            case FORWARD, BACKWARD -> SemanticVersion.Bump.MINOR;
                            case COSMETIC -> SemanticVersion.Bump.PATCH;
                        })
                .orElse(SemanticVersion.Bump.NONE);
    }

    /// The smallest version that the new contract may carry; empty when the old one's version is no
    /// semantic version, so that nothing can be said.
    public Optional<SemanticVersion> versionMin() {
        return SemanticVersion.parse(fromVersion).map(version -> version.next(bump()));
    }

    /// Whether the new contract's version is high enough. When either version is no semantic
    /// version, only a changed version text will do for a breaking change.
    public boolean versionSuffices() {
        Optional<SemanticVersion> least = versionMin();
        Optional<SemanticVersion> actual = SemanticVersion.parse(toVersion);
        if (least.isEmpty() || actual.isEmpty()) {
            return !breaking() || !fromVersion.equals(toVersion);
        }
        return actual.get().compareTo(least.get()) >= 0;
    }
}
