package dev.sheaf.node.flightsql;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ForeignKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A foreign key between two tables that a caller may know of.
record TableKey(VisibleTable source, ForeignKey key, VisibleTable target) {

    /// The keys of a table that lead to one of some tables, and to columns that it has.
    static List<TableKey> of(VisibleTable source, List<VisibleTable> targets) {
        List<TableKey> keys = new ArrayList<>();
        for (ForeignKey key : source.contract().foreignKeys()) {
            targets.stream()
                    .filter(target -> leads(source, key, target))
                    .findFirst()
                    .ifPresent(target -> keys.add(new TableKey(source, key, target)));
        }
        return keys;
    }

    /// Whether a key of one of some tables leads to a table.
    static boolean isTarget(VisibleTable table, List<VisibleTable> sources) {
        return sources.stream()
                .anyMatch(source ->
                        source.contract().foreignKeys().stream()
                                .anyMatch(key -> leads(source, key, table)));
    }

    private static boolean leads(VisibleTable source, ForeignKey key, VisibleTable target) {
        return key.table().equals(target.contract().name())
                && key.document()
                        .map(document -> isMeant(source, contract(document), target))
                        .orElse(source.contractId().equals(target.contractId()))
                && names(source).containsAll(key.columns())
                && names(target).containsAll(key.references());
    }

    private static Set<String> names(VisibleTable table) {
        return table.contract().columns().stream()
                .map(ColumnContract::name)
                .collect(Collectors.toSet());
    }

    /// The name of a contract's file without folders and endings.
    private static String contract(String document) {
        return document.substring(document.lastIndexOf('/') + 1)
                .replaceFirst("\\.ya?ml$", "")
                .replaceFirst("\\.(contract|odcs)$", "");
    }

    /// By the contract's id, by the product's full name, or in the same domain by its own.
    private static boolean isMeant(VisibleTable source, String contract, VisibleTable target) {
        return contract.equals(target.contractId())
                || contract.equals(target.name().toString())
                || (contract.equals(target.name().name())
                        && source.name().domain().equals(target.name().domain()));
    }

    /// A name for it, as contracts give none: a table's foreign keys have different ones.
    String name() {
        return source.name().name()
                + " ("
                + String.join(", ", key.columns())
                + ") to "
                + target.name();
    }
}
