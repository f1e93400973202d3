package dev.sheaf.contract.diff;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.diff.Change.Kind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Compares types, member by member where they are nested. Widening is what Iceberg can do in place
/// (int to long, float to double, more digits before the point).
final class TypeComparison {
    private final Changes changes;

    TypeComparison(Changes changes) {
        this.changes = changes;
    }

    void run(String path, ColumnType from, ColumnType to) {
        switch (from) {
            case ColumnType.Struct old when to instanceof ColumnType.Struct now ->
                    struct(path, old, now);
            case ColumnType.ListOf old when to instanceof ColumnType.ListOf now -> {
                run(path + "[]", old.element(), now.element());
                required(path + "[]", old.elementRequired(), now.elementRequired());
            }
            case ColumnType.MapOf old when to instanceof ColumnType.MapOf now -> {
                run(path + "{key}", old.key(), now.key());
                run(path + "{value}", old.value(), now.value());
                required(path + "{value}", old.valueRequired(), now.valueRequired());
            }
            default -> leaf(path, from, to);
        }
    }

    private void struct(String path, ColumnType.Struct from, ColumnType.Struct to) {
        Map<String, ColumnType.Field> old = new LinkedHashMap<>();
        from.fields().forEach(field -> old.put(field.name(), field));
        for (ColumnType.Field field : to.fields()) {
            String member = path + "." + field.name();
            ColumnType.Field before = old.remove(field.name());
            if (before == null) {
                changes.add(
                        member,
                        Kind.COLUMN_ADDED,
                        field.required() ? Impact.FORWARD : Impact.BACKWARD,
                        Optional.empty(),
                        Optional.of(DuckTypes.toSql(field.type())),
                        field.required()
                                ? "producers must deliver it from now on; values already published"
                                        + " do not have it"
                                : "values already published do not have it; queries are not"
                                        + " affected");
            } else {
                run(member, before.type(), field.type());
                required(member, before.required(), field.required());
            }
        }
        old.values()
                .forEach(gone ->
                        changes.add(
                                path + "." + gone.name(),
                                Kind.COLUMN_REMOVED,
                                Impact.BREAKING,
                                Optional.of(DuckTypes.toSql(gone.type())),
                                Optional.empty(),
                                "queries that name it fail; keep it until its consumers"
                                        + " have moved"));
    }

    private void required(String path, boolean from, boolean to) {
        if (from == to) {
            return;
        }
        changes.add(
                path,
                to ? Kind.REQUIRED_ADDED : Kind.REQUIRED_DROPPED,
                to ? Impact.FORWARD : Impact.BREAKING,
                Optional.of(from ? "required" : "optional"),
                Optional.of(to ? "required" : "optional"),
                to
                        ? "producers must deliver a value always"
                        : "consumers meet nulls where none were");
    }

    private void leaf(String path, ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return;
        }
        Optional<String> old = Optional.of(DuckTypes.toSql(from));
        Optional<String> now = Optional.of(DuckTypes.toSql(to));
        if (widens(from, to)) {
            changes.add(
                    path,
                    Kind.TYPE_WIDENED,
                    Impact.BACKWARD,
                    old,
                    now,
                    "every old value fits the new type, and tables widen in place; consumers with"
                            + " fixed-width code look again");
        } else if (widens(to, from)) {
            changes.add(
                    path,
                    Kind.TYPE_NARROWED,
                    Impact.BREAKING,
                    old,
                    now,
                    "values already published may not fit, and a table cannot be narrowed; add a"
                            + " new column instead");
        } else {
            changes.add(
                    path,
                    Kind.TYPE_CHANGED,
                    Impact.BREAKING,
                    old,
                    now,
                    "comparisons, casts and functions mean something else on the new type; add a"
                            + " new column instead");
        }
    }

    private static boolean widens(ColumnType from, ColumnType to) {
        if (from instanceof ColumnType.Decimal old && to instanceof ColumnType.Decimal now) {
            return now.scale() == old.scale() && now.precision() >= old.precision();
        }
        return from == Primitive.INT && to == Primitive.LONG
                || from == Primitive.FLOAT && to == Primitive.DOUBLE;
    }
}
