package dev.sheaf.query;

import dev.sheaf.kernel.ProductName;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Hears what a statement reads, down to columns.
final class HeardReads implements ReadListener {
    final List<TableRead> tables = new ArrayList<>();

    @Override
    public boolean wantsColumns() {
        return true;
    }

    @Override
    public void reading(List<TableRead> reads) {
        tables.addAll(reads);
    }

    @Override
    public void refused(ProductName product) {
        throw new AssertionError(product + " is refused");
    }

    /// By product; empty where it may be all.
    Map<String, Optional<Set<String>>> columns() {
        Map<String, Optional<Set<String>>> all = new TreeMap<>();
        for (TableRead table : tables) {
            all.merge(
                    table.product().toString(),
                    table.columns(),
                    (one, other) ->
                            one.flatMap(names ->
                                    other.map(more -> {
                                        Set<String> both = new HashSet<>(names);
                                        both.addAll(more);
                                        return both;
                                    })));
        }
        return all;
    }
}
