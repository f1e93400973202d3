package dev.sheaf.query;

import dev.sheaf.kernel.Money;
import dev.sheaf.query.federation.HeldReleases.Held;
import dev.sheaf.query.federation.SubQueryPlan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A fragment with what is known of it before it runs, and how it will be answered.
///
/// @param plan what its region says of it; empty when it was not asked, or could not be reached and
///   may be missing
/// @param rows expected at most, empty when nobody knows
/// @param bytes expected to cross the border at most
/// @param cost of those
record Part(
        Fragment fragment,
        Way way,
        Optional<SubQueryPlan> plan,
        OptionalLong rows,
        long bytes,
        Money cost) {

    /// How a fragment is answered.
    sealed interface Way {
        /// Its region answers it.
        record Ask() implements Way {}

        /// Files of its tables are read from here.
        ///
        /// @param held of each table, in order
        record Read(List<Held> held) implements Way {
            public Read {
                held = List.copyOf(held);
            }

            boolean isReplica() {
                return held.stream().allMatch(Held::isReplica);
            }
        }

        /// The statement does not look at it.
        record Skip() implements Way {}

        /// Its region cannot be reached, and the caller has said that it may be left out.
        ///
        /// @param reason for people
        record Miss(String reason) implements Way {}
    }

    /// In a word, for people.
    String strategy() {
        return switch (way) {
            case Way.Ask() -> "ship query";
            case Way.Read read -> read.isReplica() ? "replica" : "read files";
            case Way.Skip() -> "not read";
            case Way.Miss(String reason) -> "missing: " + reason;
        };
    }

    /// Whether a column's values may be masked, as far as its tables' names tell.
    boolean isMasked(int column) {
        String name = fragment.columns().get(column).name();
        String plain = name.substring(name.lastIndexOf('.') + 1);
        return plan.stream()
                .flatMap(known -> known.tables().stream())
                .flatMap(table -> table.masked().stream())
                .anyMatch(mask -> mask.replaceFirst(":.*", "").strip().equalsIgnoreCase(plain));
    }

    /// What is read of other regions, for the record; nothing of what is not looked at or missing.
    ///
    /// @param columns by view; nothing when it is not known which
    List<TableRead> reads(Map<String, Set<String>> columns) {
        return switch (way) {
            case Way.Ask _, Way.Read _ ->
                    fragment.tables().stream()
                            .distinct()
                            .map(table -> read(table, columns))
                            .toList();
            case Way.Skip _, Way.Miss _ -> List.of();
        };
    }

    private TableRead read(RemoteTable table, Map<String, Set<String>> columns) {
        Optional<SubQueryPlan.Table> said =
                plan.stream()
                        .flatMap(known -> known.tables().stream())
                        .filter(known -> known.product().equals(table.use().product()))
                        .findFirst();
        return new TableRead(
                table.use().product(),
                table.product().release(),
                said.map(SubQueryPlan.Table::masked).orElse(List.of()),
                said.map(SubQueryPlan.Table::isFiltered).orElse(false),
                said.map(SubQueryPlan.Table::revision).orElse(table.product().policyRevision()),
                Optional.of(table.region()),
                Optional.ofNullable(columns.get(table.viewName())));
    }

    /// The tables whose files are read here, as they are.
    List<GovernedTable> held() {
        if (!(way instanceof Way.Read read) || plan.isEmpty()) {
            return List.of();
        }
        List<GovernedTable> tables = new ArrayList<>();
        List<SubQueryPlan.Table> said = plan.get().tables();
        for (RemoteTable table : fragment.tables().stream().distinct().toList()) {
            for (int i = 0; i < said.size(); i++) {
                if (said.get(i).product().equals(table.use().product())
                        && said.get(i).release() == table.product().release()) {
                    tables.add(governed(table, read.held().get(i)));
                    break;
                }
            }
        }
        return tables;
    }

    private static GovernedTable governed(RemoteTable table, Held held) {
        TableResolver.ResolvedTable resolved =
                new TableResolver.ResolvedTable(
                        table.use().product(),
                        table.product().contract(),
                        held.table(),
                        held.snapshotId(),
                        table.product().release());
        return new GovernedTable(
                table.viewName(),
                resolved,
                held.table().schema(held.snapshotId()),
                new TablePolicy.Decision.Allow(Map.of(), Optional.empty()));
    }
}
