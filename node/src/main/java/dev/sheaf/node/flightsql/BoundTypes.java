package dev.sheaf.node.flightsql;

import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/// The types in which clients are asked to send parameters. Times are asked for in milliseconds:
/// the stock JDBC driver puts milliseconds into a column of any other unit without conversion.
/// Clients that send another type are understood as well.
final class BoundTypes {
    private static final int TIME_BITS = 32;

    private BoundTypes() {}

    static Schema of(Schema parameters) {
        return new Schema(parameters.getFields().stream().map(BoundTypes::of).toList());
    }

    private static Field of(Field field) {
        ArrowType type =
                switch (field.getType()) {
                    case ArrowType.Timestamp moment ->
                            new ArrowType.Timestamp(TimeUnit.MILLISECOND, moment.getTimezone());
                    case ArrowType.Time _ -> new ArrowType.Time(TimeUnit.MILLISECOND, TIME_BITS);
                    default -> field.getType();
                };
        return new Field(field.getName(), FieldType.nullable(type), field.getChildren());
    }
}
