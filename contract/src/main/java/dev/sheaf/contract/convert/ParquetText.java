package dev.sheaf.contract.convert;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A table's columns as a Parquet schema in its text form (`message t { … }`), both ways.
///
/// Types and nullability survive. Lost: keys, partitions, rules, constraints, descriptions. The
/// text form has no quotes: spaces, braces, brackets, commas, semicolons and `=` in names become
/// underscores. On the way in, old converted types and INT96 are understood, and milli- and
/// nanoseconds become microseconds.
public final class ParquetText {
    private static final int INT_DIGITS_MAX = 9;
    private static final int LONG_DIGITS_MAX = 18;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

    private ParquetText() {}

    public static String write(TableContract table) {
        StringBuilder text =
                new StringBuilder("message ").append(name(table.name())).append(" {\n");
        Columns.fields(table).forEach(field -> field(text, field, 1));
        return text.append("}\n").toString();
    }

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is no Parquet schema of flat or
    ///   nested columns
    public static TableContract read(String text) {
        ParquetParser parser = new ParquetParser(text);
        ParquetParser.Group message = parser.message();
        List<ColumnContract> columns = new ArrayList<>();
        for (ColumnType.Field field : ParquetTypes.fields(message)) {
            columns.add(Columns.column(field, Optional.empty(), ValueConstraints.NONE));
        }
        return Columns.table(message.name(), Optional.empty(), columns);
    }

    private static void field(StringBuilder text, ColumnType.Field field, int depth) {
        String repetition = field.required() ? "required " : "optional ";
        text.append("  ".repeat(depth)).append(repetition);
        String name = name(field.name());
        switch (field.type()) {
            case Primitive primitive -> text.append(String.format(primitive(primitive), name));
            case ColumnType.Decimal decimal ->
                    text.append(storage(decimal.precision()))
                            .append(' ')
                            .append(name)
                            .append(" (DECIMAL(")
                            .append(decimal.precision())
                            .append(',')
                            .append(decimal.scale())
                            .append("))");
            case ColumnType.Struct struct -> {
                group(text, name, "", depth, struct.fields());
                return;
            }
            case ColumnType.ListOf list -> {
                ColumnType.Field element =
                        new ColumnType.Field("element", list.element(), list.elementRequired());
                repeated(text, name, " (LIST)", "list", depth, List.of(element));
                return;
            }
            case ColumnType.MapOf map -> {
                List<ColumnType.Field> entry =
                        List.of(
                                new ColumnType.Field("key", map.key(), true),
                                new ColumnType.Field("value", map.value(), map.valueRequired()));
                repeated(text, name, " (MAP)", "key_value", depth, entry);
                return;
            }
        }
        text.append(";\n");
    }

    private static void group(
            StringBuilder text,
            String name,
            String annotation,
            int depth,
            List<ColumnType.Field> fields) {
        text.append("group ").append(name).append(annotation).append(" {\n");
        fields.forEach(field -> field(text, field, depth + 1));
        text.append("  ".repeat(depth)).append("}\n");
    }

    private static void repeated(
            StringBuilder text,
            String name,
            String annotation,
            String inner,
            int depth,
            List<ColumnType.Field> fields) {
        text.append("group ").append(name).append(annotation).append(" {\n");
        text.append("  ".repeat(depth + 1)).append("repeated ");
        group(text, inner, "", depth + 1, fields);
        text.append("  ".repeat(depth)).append("}\n");
    }

    private static String primitive(Primitive type) {
        return switch (type) {
            case BOOLEAN -> "boolean %s";
            case INT -> "int32 %s";
            case LONG -> "int64 %s";
            case FLOAT -> "float %s";
            case DOUBLE -> "double %s";
            case DATE -> "int32 %s (DATE)";
            case TIME -> "int64 %s (TIME(MICROS,false))";
            case TIMESTAMP -> "int64 %s (TIMESTAMP(MICROS,false))";
            case TIMESTAMP_TZ -> "int64 %s (TIMESTAMP(MICROS,true))";
            case STRING -> "binary %s (STRING)";
            case UUID -> "fixed_len_byte_array(16) %s (UUID)";
            case BINARY -> "binary %s";
        };
    }

    /// The smallest storage that holds so many decimal digits and a sign.
    private static String storage(int precision) {
        if (precision <= INT_DIGITS_MAX) {
            return "int32";
        }
        return precision <= LONG_DIGITS_MAX
                ? "int64"
                : "fixed_len_byte_array("
                        + (int) Math.ceil((precision * BITS_PER_DIGIT + 1) / Byte.SIZE)
                        + ")";
    }

    private static String name(String name) {
        String allowed = name.replaceAll("[\\s{}(),;=]", "_");
        return allowed.isEmpty() ? "_" : allowed;
    }

    static String word(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
