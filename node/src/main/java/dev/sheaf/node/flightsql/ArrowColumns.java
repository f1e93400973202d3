package dev.sheaf.node.flightsql;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.kernel.ProductName;

import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Columns of contracts as Arrow has them in answers to statements.
final class ArrowColumns {
    private static final int INT_BITS = 32;
    private static final int LONG_BITS = 64;
    private static final int DECIMAL_BITS = 128;
    private static final String UTC = "UTC";

    private ArrowColumns() {}

    /// @param catalog the table's
    static Schema schema(String catalog, VisibleTable table) {
        return new Schema(
                table.contract().columns().stream()
                        .map(column -> column(catalog, table.name(), column))
                        .toList());
    }

    private static Field column(String catalog, ProductName product, ColumnContract column) {
        FlightSqlColumnMetadata.Builder facts =
                new FlightSqlColumnMetadata.Builder()
                        .catalogName(catalog)
                        .schemaName(product.domain().value())
                        .tableName(product.name())
                        .typeName(DuckTypes.toSql(column.type()))
                        .isAutoIncrement(false)
                        .isCaseSensitive(true)
                        .isReadOnly(true)
                        .isSearchable(true);
        column.description().ifPresent(facts::remarks);
        if (column.type() instanceof ColumnType.Decimal(int precision, int scale)) {
            facts.precision(precision).scale(scale);
        }
        return field(
                column.name(), column.type(), !column.required(), facts.build().getMetadataMap());
    }

    static Field field(
            String name, ColumnType type, boolean isNullable, @Nullable Map<String, String> facts) {
        return new Field(name, new FieldType(isNullable, arrow(type), null, facts), children(type));
    }

    private static ArrowType arrow(ColumnType type) {
        return switch (type) {
            case Primitive primitive -> arrow(primitive);
            case ColumnType.Decimal(int precision, int scale) ->
                    new ArrowType.Decimal(precision, scale, DECIMAL_BITS);
            case ColumnType.Struct _ -> ArrowType.Struct.INSTANCE;
            case ColumnType.ListOf _ -> ArrowType.List.INSTANCE;
            case ColumnType.MapOf _ -> new ArrowType.Map(false);
        };
    }

    private static ArrowType arrow(Primitive type) {
        return switch (type) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case INT -> new ArrowType.Int(INT_BITS, true);
            case LONG -> new ArrowType.Int(LONG_BITS, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, LONG_BITS);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIMESTAMP_TZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, UTC);
            case STRING, UUID -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
        };
    }

    private static List<Field> children(ColumnType type) {
        return switch (type) {
            case Primitive _, ColumnType.Decimal _ -> List.of();
            case ColumnType.Struct(List<ColumnType.Field> fields) ->
                    fields.stream()
                            .map(field -> field(field.name(), field.type(), true, null))
                            .toList();
            case ColumnType.ListOf list -> List.of(field("l", list.element(), true, null));
            case ColumnType.MapOf map ->
                    List.of(
                            new Field(
                                    "entries",
                                    FieldType.notNullable(ArrowType.Struct.INSTANCE),
                                    List.of(
                                            field("key", map.key(), false, null),
                                            field("value", map.value(), true, null))));
        };
    }
}
