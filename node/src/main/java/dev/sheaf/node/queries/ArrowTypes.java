package dev.sheaf.node.queries;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import java.util.stream.Collectors;

/// Names of column types as DuckDB writes them.
final class ArrowTypes {
    private ArrowTypes() {}

    static String name(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool _ -> "BOOLEAN";
            case ArrowType.Int whole -> whole(whole);
            case ArrowType.FloatingPoint real ->
                    real.getPrecision() == FloatingPointPrecision.SINGLE ? "FLOAT" : "DOUBLE";
            case ArrowType.Decimal decimal ->
                    "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
            case ArrowType.Utf8 _, ArrowType.LargeUtf8 _, ArrowType.Utf8View _ -> "VARCHAR";
            case ArrowType.Binary _,
                    ArrowType.LargeBinary _,
                    ArrowType.BinaryView _,
                    ArrowType.FixedSizeBinary _ ->
                    "BLOB";
            case ArrowType.Date _ -> "DATE";
            case ArrowType.Time _ -> "TIME";
            case ArrowType.Timestamp stamp ->
                    stamp.getTimezone() == null ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
            case ArrowType.Interval _, ArrowType.Duration _ -> "INTERVAL";
            case ArrowType.Null _ -> "NULL";
            case ArrowType.Map _ -> {
                Field entries = field.getChildren().getFirst();
                yield "MAP("
                        + name(entries.getChildren().get(0))
                        + ", "
                        + name(entries.getChildren().get(1))
                        + ")";
            }
            case ArrowType.List _,
                    ArrowType.LargeList _,
                    ArrowType.ListView _,
                    ArrowType.LargeListView _,
                    ArrowType.FixedSizeList _ ->
                    name(field.getChildren().getFirst()) + "[]";
            case ArrowType.Struct _ ->
                    field.getChildren().stream()
                            .map(child -> child.getName() + " " + name(child))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> field.getType().toString();
        };
    }

    private static String whole(ArrowType.Int type) {
        String name =
                switch (type.getBitWidth()) {
                    case 8 -> "TINYINT";
                    case 16 -> "SMALLINT";
                    case 32 -> "INTEGER";
                    default -> "BIGINT";
                };
        return type.getIsSigned() ? name : "U" + name;
    }
}
