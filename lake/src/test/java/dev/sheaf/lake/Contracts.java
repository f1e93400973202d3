package dev.sheaf.lake;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Short ways to write contracts in tests.
public final class Contracts {
    private Contracts() {}

    public static TableContract table(ColumnContract... columns) {
        return new TableContract(
                "orders",
                Optional.empty(),
                Optional.empty(),
                List.of(columns),
                List.of(),
                Map.of());
    }

    public static ColumnContract optional(String name, ColumnType type) {
        return column(name, type, false, false, OptionalInt.empty(), Map.of(), Optional.empty());
    }

    public static ColumnContract required(String name, ColumnType type) {
        return column(name, type, true, false, OptionalInt.empty(), Map.of(), Optional.empty());
    }

    public static ColumnContract key(String name, ColumnType type) {
        return column(name, type, true, true, OptionalInt.empty(), Map.of(), Optional.empty());
    }

    public static ColumnContract described(String name, ColumnType type, String description) {
        return column(
                name, type, false, false, OptionalInt.empty(), Map.of(), Optional.of(description));
    }

    public static ColumnContract renamed(String was, String name, ColumnType type) {
        return column(
                name,
                type,
                false,
                false,
                OptionalInt.empty(),
                Map.of("sheaf.was", was),
                Optional.empty());
    }

    public static ColumnContract partition(String name, ColumnType type, String cut) {
        Map<String, Object> properties = cut.isEmpty() ? Map.of() : Map.of("sheaf.partition", cut);
        return column(name, type, false, false, OptionalInt.of(1), properties, Optional.empty());
    }

    private static ColumnContract column(
            String name,
            ColumnType type,
            boolean required,
            boolean key,
            OptionalInt partitionPosition,
            Map<String, Object> properties,
            Optional<String> description) {
        return new ColumnContract(
                name,
                Optional.empty(),
                Optional.empty(),
                description,
                type,
                required,
                key,
                key,
                key ? 1 : 0,
                partitionPosition,
                ValueConstraints.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                properties);
    }
}
