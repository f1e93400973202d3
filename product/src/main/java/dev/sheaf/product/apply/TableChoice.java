package dev.sheaf.product.apply;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.TableContract;

import java.util.List;
import java.util.Optional;

/// Which schema object of its contract a product serves: its only one, or the one that
/// `sheaf.table` names.
sealed interface TableChoice {
    record Chosen(TableContract table) implements TableChoice {}

    record None(String why) implements TableChoice {}

    static TableChoice of(DataContract contract, Optional<String> named) {
        List<String> names = contract.tables().stream().map(TableContract::name).toList();
        if (contract.tables().isEmpty()) {
            return new None(
                    "contract " + contract.id() + " has no object in its 'schema' to be served");
        }
        if (named.isPresent()) {
            return contract.tables().stream()
                    .filter(table -> table.name().equals(named.get()))
                    .findFirst()
                    .<TableChoice>map(Chosen::new)
                    .orElseGet(() -> notThere(contract, named.get(), names));
        }
        return contract.tables().size() == 1
                ? new Chosen(contract.tables().getFirst())
                : new None(
                        "contract "
                                + contract.id()
                                + " has several tables ("
                                + String.join(", ", names)
                                + "): say with "
                                + SheafProperties.TABLE
                                + " which one the product serves");
    }

    private static TableChoice notThere(DataContract contract, String named, List<String> names) {
        return new None(
                "contract "
                        + contract.id()
                        + " has no table '"
                        + named
                        + "'"
                        + NearMiss.hint(named, names)
                        + "; it has "
                        + String.join(", ", names));
    }
}
