package dev.sheaf.product.ingest;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.product.SourceFormat;

import java.util.Optional;

/// From a raw value to a value of the contract's type, as SQL.
///
/// Whole numbers must be whole (`17850.0` is one, `2.5` is not); decimals must fit their scale
/// (`1.500` fits two places, `1.505` does not), nothing is rounded; a local timestamp keeps the
/// written date and time and drops a written offset; an instant without offset is UTC; infinite
/// dates are refused. Binary values in text are Base64, nested ones JSON.
///
/// @param value an expression over the raw value; null when it cannot be converted
/// @param failed a condition over raw and converted value that says the conversion failed
public record Conversion(String value, String failed) {

    /// @param raw the raw value's name in SQL
    /// @param converted the name that the converted value will have there
    public static Conversion of(
            RawColumn column,
            String raw,
            String converted,
            ColumnType type,
            ValueConstraints constraints,
            SourceFormat format) {
        String sqlType = SqlText.type(type);
        String value =
                column.text()
                        ? fromText(raw, type, constraints, format)
                        : column.type().equals(sqlType)
                                ? raw
                                : "TRY_CAST(" + raw + " AS " + sqlType + ")";
        return new Conversion(value, failed(column, raw, converted, type, value, format));
    }

    private static String fromText(
            String raw, ColumnType type, ValueConstraints constraints, SourceFormat format) {
        String sqlType = SqlText.type(type);
        return switch (type) {
            case Primitive primitive ->
                    switch (primitive) {
                        case STRING -> raw;
                        case BINARY -> "TRY(from_base64(" + raw + "))";
                        case DATE ->
                                temporal(raw, sqlType, constraints.format(), format.dateFormat());
                        case TIMESTAMP, TIMESTAMP_TZ ->
                                temporal(
                                        raw,
                                        sqlType,
                                        constraints.format(),
                                        format.timestampFormat());
                        case TIME -> temporal(raw, sqlType, constraints.format(), Optional.empty());
                        case FLOAT, DOUBLE -> tryCast(number(raw, format), sqlType);
                        case BOOLEAN, INT, LONG, UUID -> tryCast(raw, sqlType);
                    };
            case ColumnType.Decimal _ -> tryCast(number(raw, format), sqlType);
            case ColumnType.Struct _, ColumnType.ListOf _, ColumnType.MapOf _ ->
                    NestedJson.value(raw, type);
        };
    }

    private static String tryCast(String raw, String sqlType) {
        return "TRY_CAST(" + raw + " AS " + sqlType + ")";
    }

    /// The contract's format of the column goes before the source's of all columns.
    private static String temporal(
            String raw, String sqlType, Optional<String> own, Optional<String> general) {
        Optional<String> pattern =
                DatePatterns.strptime(own).or(() -> DatePatterns.strptime(general));
        return pattern.map(text ->
                        "TRY_CAST(TRY_STRPTIME("
                                + raw
                                + ", "
                                + SqlText.text(text)
                                + ") AS "
                                + sqlType
                                + ")")
                .orElseGet(() -> tryCast(raw, sqlType));
    }

    private static String number(String raw, SourceFormat format) {
        return format.decimalSeparator().filter(","::equals).isPresent()
                ? "replace(replace(" + raw + ", '.', ''), ',', '.')"
                : raw;
    }

    private static String failed(
            RawColumn column,
            String raw,
            String converted,
            ColumnType type,
            String value,
            SourceFormat format) {
        boolean temporal =
                type == Primitive.DATE
                        || type == Primitive.TIMESTAMP
                        || type == Primitive.TIMESTAMP_TZ;
        if (value.equals(raw)) {
            return temporal ? "isinf(" + converted + ")" : "";
        }
        String missing = raw + " IS NOT NULL AND " + converted + " IS NULL";
        if (temporal) {
            return "(" + missing + " OR isinf(" + converted + "))";
        }
        if (type instanceof ColumnType.Decimal decimal) {
            String rounded =
                    column.text()
                            ? rounded(number(raw, format), converted, decimal.scale())
                            : raw + " <> " + converted;
            return "(" + missing + " OR " + rounded + ")";
        }
        if (column.text() && (type == Primitive.DOUBLE || type == Primitive.FLOAT)) {
            return "("
                    + missing
                    + " OR (isinf("
                    + converted
                    + ") AND regexp_matches("
                    + raw
                    + ", '[0-9]')))";
        }
        boolean whole = type == Primitive.INT || type == Primitive.LONG;
        if (!whole) {
            return "(" + missing + ")";
        }
        String inexact =
                column.text()
                        ? raw
                                + " <> CAST("
                                + converted
                                + " AS VARCHAR) AND TRY_CAST("
                                + raw
                                + " AS DECIMAL(38,9)) IS DISTINCT FROM "
                                + converted
                        : raw + " <> " + converted;
        return "(" + missing + " OR " + inexact + ")";
    }

    /// True when a number's text has digits, other than zeros, beyond the scale. The cheap
    /// conditions come first.
    private static String rounded(String number, String converted, int scale) {
        return "CASE WHEN instr("
                + number
                + ", 'e') + instr("
                + number
                + ", 'E') > 0 THEN TRY_CAST("
                + number
                + " AS DOUBLE) <> CAST("
                + converted
                + " AS DOUBLE) ELSE instr("
                + number
                + ", '.') > 0 AND strlen("
                + number
                + ") - instr("
                + number
                + ", '.') > "
                + scale
                + " AND regexp_matches("
                + number
                + ", '\\.[0-9_]{"
                + scale
                + "}[0-9_]*[1-9]') END";
    }
}
