package dev.sheaf.bench.lake;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Contracts of the tables that are measured.
final class BenchTables {
    private BenchTables() {}

    /// `id` and `c1` … of type long.
    static TableContract longs(int columns) {
        List<ColumnContract> list = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            list.add(
                    new ColumnContract(
                            i == 0 ? "id" : "c" + i,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Primitive.LONG,
                            false,
                            false,
                            false,
                            0,
                            OptionalInt.empty(),
                            ValueConstraints.NONE,
                            Optional.empty(),
                            false,
                            List.of(),
                            List.of(),
                            Map.of()));
        }
        return new TableContract(
                "bench", Optional.empty(), Optional.empty(), list, List.of(), Map.of());
    }
}
