package dev.sheaf.node.flightsql;

import org.jspecify.annotations.Nullable;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// The types that statements can name, as XDBC describes them.
final class TypeRows {
    private static final int NULLABLE = 1;
    private static final int SEARCHABLE = 3;
    private static final int DATETIME = 9;
    private static final int DECIMAL_DIGITS_MAX = 38;

    /// @param kind of [Types]
    /// @param size digits or characters, where there is a limit
    private record Type(
            String name,
            int kind,
            @Nullable Integer size,
            @Nullable String quote,
            boolean isNumber) {}

    private static final List<Type> TYPES =
            List.of(
                    number("BOOLEAN", Types.BIT, 1),
                    number("TINYINT", Types.TINYINT, 3),
                    number("BIGINT", Types.BIGINT, 19),
                    new Type("BLOB", Types.LONGVARBINARY, null, "'", false),
                    number("DECIMAL", Types.DECIMAL, DECIMAL_DIGITS_MAX),
                    number("INTEGER", Types.INTEGER, 10),
                    number("SMALLINT", Types.SMALLINT, 5),
                    number("FLOAT", Types.REAL, 7),
                    number("DOUBLE", Types.DOUBLE, 15),
                    new Type("VARCHAR", Types.VARCHAR, null, "'", false),
                    new Type("UUID", Types.VARCHAR, 36, "'", false),
                    new Type("DATE", Types.DATE, 10, "'", false),
                    new Type("TIME", Types.TIME, 15, "'", false),
                    new Type("TIMESTAMP", Types.TIMESTAMP, 26, "'", false),
                    new Type(
                            "TIMESTAMP WITH TIME ZONE",
                            Types.TIMESTAMP_WITH_TIMEZONE,
                            29,
                            "'",
                            false));

    private TypeRows() {}

    private static Type number(String name, int kind, int size) {
        return new Type(name, kind, size, null, true);
    }

    /// In the columns of the protocol, ordered by kind as it wants.
    ///
    /// @param kind the only one wanted
    static List<List<@Nullable Object>> rows(OptionalInt kind) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        TYPES.stream()
                .filter(type -> kind.isEmpty() || type.kind() == kind.getAsInt())
                .sorted(java.util.Comparator.comparingInt(Type::kind))
                .forEach(type -> rows.add(row(type)));
        return rows;
    }

    private static List<@Nullable Object> row(Type type) {
        boolean isDecimal = type.kind() == Types.DECIMAL;
        boolean isMoment =
                type.kind() == Types.DATE
                        || type.kind() == Types.TIME
                        || type.kind() == Types.TIMESTAMP
                        || type.kind() == Types.TIMESTAMP_WITH_TIMEZONE;
        return Arrays.asList(
                type.name(),
                type.kind(),
                type.size(),
                type.quote(),
                type.quote(),
                null,
                NULLABLE,
                type.kind() == Types.VARCHAR,
                SEARCHABLE,
                type.isNumber() ? Boolean.FALSE : null,
                isDecimal,
                type.isNumber() ? Boolean.FALSE : null,
                type.name(),
                isDecimal ? 0 : null,
                isDecimal ? DECIMAL_DIGITS_MAX : null,
                isMoment ? DATETIME : type.kind(),
                isMoment ? subcode(type.kind()) : null,
                type.isNumber() ? 10 : null,
                null);
    }

    private static int subcode(int kind) {
        return switch (kind) {
            case Types.DATE -> 1;
            case Types.TIME -> 2;
            default -> 3;
        };
    }
}
