package dev.sheaf.node.governance;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.TableContract;

import java.util.Optional;

/// What protects a release is what the newest contract says: a classification that is added counts
/// for the releases that are there already. Columns that the newest contract does not have any more
/// keep what their own says.
final class NewestProtection {
    /// The name that a column had before (docs/contracts.md).
    private static final String WAS = "sheaf.was";

    private NewestProtection() {}

    /// The release's table under the newest classification, tags and properties.
    static TableContract of(TableContract release, TableContract newest) {
        return release.with(
                release.columns().stream()
                        .map(column ->
                                match(column, newest)
                                        .map(found ->
                                                column.classifiedAs(
                                                        found.classification(), found.tags()))
                                        .orElse(column))
                        .toList(),
                newest.customProperties());
    }

    private static Optional<ColumnContract> match(ColumnContract column, TableContract newest) {
        return newest.columns().stream()
                .filter(other -> other.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .or(() ->
                        newest.columns().stream()
                                .filter(other ->
                                        other.customProperties().get(WAS) instanceof String was
                                                && was.equalsIgnoreCase(column.name()))
                                .findFirst());
    }
}
