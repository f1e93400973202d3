package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A table as `CREATE TABLE` in DuckDB's SQL: types, `NOT NULL`, keys, enumerations and bounds.
///
/// Lost: patterns, formats, rules, descriptions.
public final class SqlText {
    private SqlText() {}

    public static String write(TableContract table) {
        List<String> lines = new ArrayList<>();
        table.columns().forEach(column -> lines.add(column(column)));
        if (!table.primaryKey().isEmpty()) {
            lines.add(
                    table.primaryKey().stream()
                            .map(column -> DuckTypes.quoted(column.name()))
                            .collect(Collectors.joining(", ", "PRIMARY KEY (", ")")));
        }
        return "CREATE TABLE "
                + DuckTypes.quoted(table.name())
                + " (\n  "
                + String.join(",\n  ", lines)
                + "\n);\n";
    }

    private static String column(ColumnContract column) {
        StringBuilder line =
                new StringBuilder(DuckTypes.quoted(column.name()))
                        .append(' ')
                        .append(DuckTypes.toSql(column.type()));
        if (column.required() && !column.primaryKey()) {
            line.append(" NOT NULL");
        }
        if (column.unique() && !column.primaryKey()) {
            line.append(" UNIQUE");
        }
        checks(column).forEach(check -> line.append(" CHECK (").append(check).append(')'));
        return line.toString();
    }

    private static List<String> checks(ColumnContract column) {
        String name = DuckTypes.quoted(column.name());
        boolean text = column.type() == ColumnType.Primitive.STRING;
        List<String> checks = new ArrayList<>();
        column.constraints()
                .minimum()
                .ifPresent(value -> checks.add(name + " >= " + literal(value, text)));
        column.constraints()
                .maximum()
                .ifPresent(value -> checks.add(name + " <= " + literal(value, text)));
        column.constraints()
                .exclusiveMinimum()
                .ifPresent(value -> checks.add(name + " > " + literal(value, text)));
        column.constraints()
                .exclusiveMaximum()
                .ifPresent(value -> checks.add(name + " < " + literal(value, text)));
        column.constraints()
                .minLength()
                .ifPresent(value -> checks.add("length(" + name + ") >= " + value));
        column.constraints()
                .maxLength()
                .ifPresent(value -> checks.add("length(" + name + ") <= " + value));
        if (!column.constraints().allowedValues().isEmpty()) {
            checks.add(
                    column.constraints().allowedValues().stream()
                            .map(value -> literal(value, text))
                            .collect(Collectors.joining(", ", name + " IN (", ")")));
        }
        return checks;
    }

    private static String literal(String value, boolean text) {
        return !text && value.matches("[-+]?\\d+(\\.\\d+)?")
                ? value
                : "'" + value.replace("'", "''") + "'";
    }
}
