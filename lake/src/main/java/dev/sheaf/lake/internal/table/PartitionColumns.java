package dev.sheaf.lake.internal.table;

import dev.sheaf.lake.SqlTypes;

import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A partition spec as extra columns of a query, by which `COPY … PARTITION_BY` splits rows and
/// which it leaves out of the files. Their values are those of Iceberg's transforms.
final class PartitionColumns {
    private final PartitionSpec spec;
    private final List<PartitionField> fields;

    PartitionColumns(PartitionSpec spec) {
        this.spec = spec;
        this.fields = spec.fields().stream().filter(field -> !field.transform().isVoid()).toList();
    }

    boolean none() {
        return fields.isEmpty();
    }

    /// `, EXPRESSION AS NAME` for each field.
    String select() {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> ", " + expression(fields.get(i)) + " AS " + name(i))
                .collect(Collectors.joining());
    }

    /// The names, separated by commas.
    String names() {
        return IntStream.range(0, fields.size())
                .mapToObj(PartitionColumns::name)
                .collect(Collectors.joining(", "));
    }

    /// The partition tuple of a file, from the keys that COPY gives for it.
    PartitionData tuple(Map<String, String> keys) {
        PartitionData tuple = new PartitionData(spec.partitionType());
        for (int i = 0; i < fields.size(); i++) {
            PartitionField field = fields.get(i);
            int position = spec.fields().indexOf(field);
            String text = keys.get(name(i));
            Type type = spec.partitionType().fields().get(position).type();
            if (text != null) {
                tuple.set(
                        position,
                        Bounds.exact(field.transform().isIdentity() ? type : cutType(type), text)
                                .orElseThrow(() ->
                                        new dev.sheaf.kernel.Problem(
                                                dev.sheaf.kernel.ProblemCode.INVALID_VALUE,
                                                "'"
                                                        + field.name()
                                                        + "': a table cannot be partitioned"
                                                        + " by dates before year 1 or after"
                                                        + " 9999")));
            }
        }
        return tuple;
    }

    /// Days are dates in Iceberg's type but a count in the query.
    private static Type cutType(Type type) {
        return type.typeId() == Type.TypeID.DATE
                ? org.apache.iceberg.types.Types.IntegerType.get()
                : type;
    }

    private static String name(int index) {
        return Partitioning.RESERVED + "p" + index;
    }

    private String expression(PartitionField field) {
        NestedField source = spec.schema().findField(field.sourceId());
        String column = DuckTypes.quoted(source.name());
        String transform = field.transform().toString();
        String date = date(source.type(), column);
        int bracket = transform.indexOf('[');
        String cut = bracket < 0 ? transform : transform.substring(0, bracket);
        String width = bracket < 0 ? "" : transform.substring(bracket + 1, transform.length() - 1);
        return switch (cut) {
            case "identity" -> column;
            case "year" -> "(year(" + date + ") - 1970)";
            case "month" -> "((year(" + date + ") - 1970) * 12 + month(" + date + ") - 1)";
            case "day" -> "(" + date + " - DATE '1970-01-01')";
            case "truncate" -> truncated(source.type(), column, width);
            case "bucket" -> BucketHash.sql(source.type(), column, width);
            default ->
                    throw new IllegalStateException(
                            "partition transform " + transform + " is none of a contract's");
        };
    }

    /// In UTC for instants, whatever the session's time zone.
    private static String date(Type type, String column) {
        boolean instant =
                type.typeId() == Type.TypeID.TIMESTAMP
                        && ((org.apache.iceberg.types.Types.TimestampType) type)
                                .shouldAdjustToUTC();
        return "CAST(" + (instant ? "(" + column + " AT TIME ZONE 'UTC')" : column) + " AS DATE)";
    }

    private static String truncated(Type type, String column, String width) {
        if (type.typeId() == Type.TypeID.STRING) {
            return "left(" + column + ", " + width + ")";
        }
        String step =
                type instanceof org.apache.iceberg.types.Types.DecimalType decimal
                        ? "CAST("
                                + new java.math.BigDecimal(
                                                new java.math.BigInteger(width), decimal.scale())
                                        .toPlainString()
                                + " AS "
                                + SqlTypes.name(type)
                                + ")"
                        : width;
        return "CAST("
                + column
                + " - (("
                + column
                + " % "
                + step
                + ") + "
                + step
                + ") % "
                + step
                + " AS "
                + SqlTypes.name(type)
                + ")";
    }
}
