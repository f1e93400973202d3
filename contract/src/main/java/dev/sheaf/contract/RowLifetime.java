package dev.sheaf.contract;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whose data the rows of a table are, and for how long they are kept: its `customProperties`
/// `sheaf.subject`, `sheaf.retentionDays` and `sheaf.retentionColumn`. Specified in
/// docs/erasure.md.
///
/// @param subject the column that names the person a row is about
/// @param retentionDays from 1 to [#DAYS_MAX]
/// @param retentionColumn the column whose value a row's age counts from; without it the age of
///   whole releases counts. Never without days.
public record RowLifetime(
        Optional<ColumnContract> subject,
        OptionalInt retentionDays,
        Optional<ColumnContract> retentionColumn) {
    public static final String SUBJECT = "sheaf.subject";
    public static final String RETENTION_DAYS = "sheaf.retentionDays";
    public static final String RETENTION_COLUMN = "sheaf.retentionColumn";

    /// A hundred years.
    public static final int DAYS_MAX = 36_500;

    private static final List<String> ALL = List.of(SUBJECT, RETENTION_DAYS, RETENTION_COLUMN);

    /// What the contract says; what is [wrong][#faults] counts as not said.
    public static RowLifetime of(TableContract table) {
        Map<String, Object> said = table.customProperties();
        OptionalInt days = days(said.get(RETENTION_DAYS));
        return new RowLifetime(
                column(table, said.get(SUBJECT)).filter(RowLifetime::isName),
                days,
                days.isEmpty()
                        ? Optional.empty()
                        : column(table, said.get(RETENTION_COLUMN)).filter(RowLifetime::isTime));
    }

    /// What is wrong with these properties of a table, each with the way out.
    public static List<String> faults(TableContract table) {
        List<String> faults = new ArrayList<>();
        Map<String, Object> said = table.customProperties();
        Object days = said.get(RETENTION_DAYS);
        if (days != null && days(days).isEmpty()) {
            faults.add(
                    RETENTION_DAYS
                            + " "
                            + shown(days)
                            + " is no number of days: write a whole number from 1 to "
                            + DAYS_MAX);
        }
        columnFault(table, SUBJECT, RowLifetime::isName, "text, whole numbers or UUIDs")
                .ifPresent(faults::add);
        columnFault(table, RETENTION_COLUMN, RowLifetime::isTime, "dates or timestamps")
                .ifPresent(faults::add);
        if (said.containsKey(RETENTION_COLUMN) && days == null) {
            faults.add(RETENTION_COLUMN + " needs " + RETENTION_DAYS + " next to it");
        }
        for (ColumnContract column : table.columns()) {
            ALL.stream()
                    .filter(column.customProperties()::containsKey)
                    .map(name ->
                            name
                                    + " stands at the column "
                                    + column.name()
                                    + "; it is a property of the table")
                    .forEach(faults::add);
        }
        return faults;
    }

    private static Optional<String> columnFault(
            TableContract table, String property, Predicate<ColumnContract> fits, String kinds) {
        Object value = table.customProperties().get(property);
        Optional<ColumnContract> found = column(table, value);
        if (value == null || found.filter(fits).isPresent()) {
            return Optional.empty();
        }
        String fitting =
                table.columns().stream()
                        .filter(fits)
                        .map(ColumnContract::name)
                        .collect(Collectors.joining(", "));
        return Optional.of(
                property
                        + " "
                        + shown(value)
                        + (found.isEmpty()
                                ? " is no column of "
                                : " is a column of another type in ")
                        + table.name()
                        + ": name a column of "
                        + kinds
                        + (fitting.isEmpty()
                                ? "; there is none"
                                : ", of which there are " + fitting));
    }

    private static Optional<ColumnContract> column(TableContract table, @Nullable Object name) {
        return table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private static boolean isName(ColumnContract column) {
        return column.type() == ColumnType.Primitive.STRING
                || column.type() == ColumnType.Primitive.INT
                || column.type() == ColumnType.Primitive.LONG
                || column.type() == ColumnType.Primitive.UUID;
    }

    private static boolean isTime(ColumnContract column) {
        return column.type() == ColumnType.Primitive.DATE
                || column.type() == ColumnType.Primitive.TIMESTAMP
                || column.type() == ColumnType.Primitive.TIMESTAMP_TZ;
    }

    private static OptionalInt days(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return OptionalInt.empty();
        }
        double days = number.doubleValue();
        return days >= 1 && days <= DAYS_MAX && days == Math.rint(days)
                ? OptionalInt.of((int) days)
                : OptionalInt.empty();
    }

    private static String shown(Object value) {
        return "'" + Finding.shown(value.toString()) + "'";
    }
}
