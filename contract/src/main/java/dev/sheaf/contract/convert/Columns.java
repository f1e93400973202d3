package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Between tables and the bare fields that other languages know.
final class Columns {
    private Columns() {}

    static List<ColumnType.Field> fields(TableContract table) {
        return table.columns().stream()
                .map(column ->
                        new ColumnType.Field(
                                column.name(),
                                column.type(),
                                column.required() || column.primaryKey()))
                .toList();
    }

    static TableContract table(
            String name, Optional<String> description, List<ColumnContract> columns) {
        return new TableContract(name, Optional.empty(), description, columns, List.of(), Map.of());
    }

    static ColumnContract column(
            ColumnType.Field field, Optional<String> description, ValueConstraints constraints) {
        return new ColumnContract(
                field.name(),
                Optional.empty(),
                Optional.empty(),
                description,
                field.type(),
                field.required(),
                false,
                false,
                0,
                OptionalInt.empty(),
                constraints,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    static Problem unreadable(String what, String why) {
        return new Problem(ProblemCode.INVALID_VALUE, "is not " + what + ": " + why);
    }
}
