package dev.sheaf.product.quality;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.product.ingest.SqlText;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Columns whose values must not occur twice: the primary key, or a unique column. Rows in which
/// one of them is null are not compared.
///
/// @param rule `primaryKey` or `unique`
/// @param integer whether it is one column of whole numbers
public record KeyCheck(String rule, List<String> columns, boolean integer) {
    public KeyCheck {
        columns = List.copyOf(columns);
    }

    /// The primary key first, then unique columns in order.
    public static List<KeyCheck> of(TableContract table) {
        List<KeyCheck> checks = new ArrayList<>();
        List<ColumnContract> key = table.primaryKey();
        if (!key.isEmpty()) {
            checks.add(check("primaryKey", key));
        }
        for (ColumnContract column : table.columns()) {
            boolean isKey = key.size() == 1 && key.getFirst().name().equals(column.name());
            if (column.unique() && !isKey) {
                checks.add(check("unique", List.of(column)));
            }
        }
        return List.copyOf(checks);
    }

    private static KeyCheck check(String rule, List<ColumnContract> columns) {
        boolean integer =
                columns.size() == 1
                        && (columns.getFirst().type() == Primitive.INT
                                || columns.getFirst().type() == Primitive.LONG);
        return new KeyCheck(rule, columns.stream().map(ColumnContract::name).toList(), integer);
    }

    /// The columns as a SQL list.
    public String list() {
        return columns.stream().map(SqlText::name).collect(Collectors.joining(", "));
    }

    /// True for rows that are compared.
    public String complete() {
        return columns.stream()
                .map(name -> SqlText.name(name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /// Equality of the key between two aliases.
    public String equality(String left, String right) {
        return columns.stream()
                .map(name ->
                        left + "." + SqlText.name(name) + " = " + right + "." + SqlText.name(name))
                .collect(Collectors.joining(" AND "));
    }

    /// The key's values of a row as one VARCHAR, with an alias for the row.
    public String value(String alias) {
        return columns.stream()
                .map(name -> "CAST(" + alias + "." + SqlText.name(name) + " AS VARCHAR)")
                .collect(Collectors.joining(" || ', ' || "));
    }
}
