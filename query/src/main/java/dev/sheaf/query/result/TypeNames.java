package dev.sheaf.query.result;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import java.util.stream.Collectors;

/// SQL names for the types of a result. HUGEINT has become DECIMAL(38,0) on the way, and UUID, JSON
/// and times with a zone are text.
final class TypeNames {
    private static final int DOUBLE_BITS = 64;

    private TypeNames() {}

    static String of(Field field) {
        return switch (field.getType()) {
            case ArrowType.Bool bool -> "BOOLEAN";
            case ArrowType.Int whole -> whole(whole);
            case ArrowType.FloatingPoint real ->
                    switch (real.getPrecision()) {
                        case HALF, SINGLE -> "FLOAT";
                        case DOUBLE -> "DOUBLE";
                    };
            case ArrowType.Decimal decimal ->
                    "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
            case ArrowType.Utf8 text -> "VARCHAR";
            case ArrowType.LargeUtf8 text -> "VARCHAR";
            case ArrowType.Binary bytes -> "BLOB";
            case ArrowType.LargeBinary bytes -> "BLOB";
            case ArrowType.Date date -> "DATE";
            case ArrowType.Time time -> "TIME";
            case ArrowType.Timestamp timestamp -> timestamp(timestamp);
            case ArrowType.Interval interval -> "INTERVAL";
            case ArrowType.Null none -> "NULL";
            case ArrowType.List list -> of(field.getChildren().getFirst()) + "[]";
            case ArrowType.FixedSizeList list ->
                    of(field.getChildren().getFirst()) + "[" + list.getListSize() + "]";
            case ArrowType.Map map -> {
                Field entry = field.getChildren().getFirst();
                yield "MAP("
                        + of(entry.getChildren().get(0))
                        + ", "
                        + of(entry.getChildren().get(1))
                        + ")";
            }
            case ArrowType.Struct struct ->
                    field.getChildren().stream()
                            .map(child -> "\"" + child.getName() + "\" " + of(child))
                            .collect(Collectors.joining(", ", "STRUCT(", ")"));
            default -> field.getType().toString();
        };
    }

    private static String whole(ArrowType.Int type) {
        String name =
                switch (type.getBitWidth()) {
                    case 8 -> "TINYINT";
                    case 16 -> "SMALLINT";
                    case DOUBLE_BITS -> "BIGINT";
                    default -> "INTEGER";
                };
        return type.getIsSigned() ? name : "U" + name;
    }

    private static String timestamp(ArrowType.Timestamp type) {
        if (type.getTimezone() != null) {
            return "TIMESTAMP WITH TIME ZONE";
        }
        return type.getUnit() == TimeUnit.NANOSECOND ? "TIMESTAMP_NS" : "TIMESTAMP";
    }
}
