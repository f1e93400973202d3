package dev.sheaf.contract.diff;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.diff.Change.Kind;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares two contracts: themselves, their tables, their service levels.
final class ContractComparison {
    /// A custom property with the name that a column or table had before.
    static final String WAS = "sheaf.was";

    private final DataContract from;
    private final DataContract to;
    private final Changes changes = new Changes();

    ContractComparison(DataContract from, DataContract to) {
        this.from = from;
        this.to = to;
    }

    List<Change> run() {
        contract();
        tables();
        new ServiceComparison(changes).run(from.slaProperties(), to.slaProperties());
        new OtherFields(changes).run(from.source(), to.source());
        return changes.sorted();
    }

    private void contract() {
        changes.text(
                "",
                Kind.CONTRACT_CHANGED,
                Impact.BREAKING,
                Optional.of(from.id()),
                Optional.of(to.id()),
                "the id names another contract; keep it");
        text("name", from.name(), to.name());
        text("domain", from.domain(), to.domain());
        text("dataProduct", from.dataProduct(), to.dataProduct());
        text("status", Optional.of(from.status()), Optional.of(to.status()));
    }

    private void text(String field, Optional<String> old, Optional<String> now) {
        changes.text(
                "",
                Kind.TEXT_CHANGED,
                Impact.COSMETIC,
                old,
                now,
                "the contract's " + field + " changed");
    }

    private void tables() {
        Map<String, TableContract> old = new HashMap<>();
        from.tables().forEach(table -> old.put(table.name(), table));
        Set<String> matched = new HashSet<>();
        for (TableContract table : to.tables()) {
            Optional<TableContract> before =
                    Optional.ofNullable(old.get(table.name()))
                            .or(() -> was(table.customProperties()).map(old::get));
            if (before.isEmpty()) {
                changes.add(
                        table.name(),
                        Kind.TABLE_ADDED,
                        Impact.BACKWARD,
                        Optional.empty(),
                        Optional.of(table.name()),
                        "a new table concerns nobody yet");
                continue;
            }
            matched.add(before.get().name());
            if (!before.get().name().equals(table.name())) {
                changes.add(
                        table.name(),
                        Kind.TABLE_RENAMED,
                        Impact.BREAKING,
                        Optional.of(before.get().name()),
                        Optional.of(table.name()),
                        "queries name the old table; offer both for a while");
            }
            new TableComparison(changes, before.get(), table).run();
        }
        for (TableContract table : from.tables()) {
            if (!matched.contains(table.name())) {
                changes.add(
                        table.name(),
                        Kind.TABLE_REMOVED,
                        Impact.BREAKING,
                        Optional.of(table.name()),
                        Optional.empty(),
                        "queries on the table fail; keep it until its consumers have moved");
            }
        }
    }

    /// The former name, if it is stated.
    static Optional<String> was(Map<String, Object> customProperties) {
        return Optional.ofNullable(customProperties.get(WAS)).map(Object::toString);
    }
}
