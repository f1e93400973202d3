package dev.sheaf.lake.internal.table;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A contract's columns as a new Iceberg schema, ids counted from 1: top level first, then what is
/// nested, as Iceberg itself does.
final class ContractSchemas {
    private ContractSchemas() {}

    static Schema schema(TableContract contract) {
        refuseEmptyOrAmbiguous(contract);
        AtomicInteger lastId = new AtomicInteger(contract.columns().size());
        List<NestedField> fields = new ArrayList<>();
        Set<Integer> identifiers = new HashSet<>();
        for (ColumnContract column : contract.columns()) {
            int id = fields.size() + 1;
            fields.add(
                    NestedField.builder()
                            .withId(id)
                            .withName(column.name())
                            .isOptional(!column.required())
                            .ofType(type(column.type(), lastId))
                            .withDoc(column.description().orElse(null))
                            .build());
            if (canIdentify(column)) {
                identifiers.add(id);
            }
        }
        boolean wholeKey = identifiers.size() == contract.primaryKey().size();
        return new Schema(fields, wholeKey ? identifiers : Set.of());
    }

    /// Whether Iceberg allows the column among the identifier fields: it is required and neither
    /// nested nor a floating-point number.
    static boolean canIdentify(ColumnContract column) {
        return column.primaryKey()
                && column.required()
                && column.type() != ColumnType.Primitive.FLOAT
                && column.type() != ColumnType.Primitive.DOUBLE
                && (column.type() instanceof ColumnType.Primitive
                        || column.type() instanceof ColumnType.Decimal);
    }

    static Type type(ColumnType type, AtomicInteger lastId) {
        return switch (type) {
            case ColumnType.Primitive primitive -> primitive(primitive);
            case ColumnType.Decimal decimal ->
                    Types.DecimalType.of(decimal.precision(), decimal.scale());
            case ColumnType.Struct struct -> struct(struct, lastId);
            case ColumnType.ListOf list -> {
                int elementId = lastId.incrementAndGet();
                Type element = type(list.element(), lastId);
                yield list.elementRequired()
                        ? Types.ListType.ofRequired(elementId, element)
                        : Types.ListType.ofOptional(elementId, element);
            }
            case ColumnType.MapOf map -> {
                int keyId = lastId.incrementAndGet();
                int valueId = lastId.incrementAndGet();
                Type key = type(map.key(), lastId);
                Type value = type(map.value(), lastId);
                yield map.valueRequired()
                        ? Types.MapType.ofRequired(keyId, valueId, key, value)
                        : Types.MapType.ofOptional(keyId, valueId, key, value);
            }
        };
    }

    private static Type struct(ColumnType.Struct struct, AtomicInteger lastId) {
        int firstId = lastId.getAndAdd(struct.fields().size()) + 1;
        List<NestedField> fields = new ArrayList<>();
        for (ColumnType.Field field : struct.fields()) {
            int id = firstId + fields.size();
            Type type = type(field.type(), lastId);
            fields.add(
                    field.required()
                            ? NestedField.required(id, field.name(), type)
                            : NestedField.optional(id, field.name(), type));
        }
        return Types.StructType.of(fields);
    }

    private static Type primitive(ColumnType.Primitive primitive) {
        return switch (primitive) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMP_TZ -> Types.TimestampType.withZone();
            case STRING -> Types.StringType.get();
            case UUID -> Types.UUIDType.get();
            case BINARY -> Types.BinaryType.get();
        };
    }

    private static void refuseEmptyOrAmbiguous(TableContract contract) {
        if (contract.columns().isEmpty()) {
            throw invalid(contract, "it has no columns; state at least one property");
        }
        Set<String> seen = new HashSet<>();
        for (ColumnContract column : contract.columns()) {
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw invalid(
                        contract,
                        "column '"
                                + column.name()
                                + "' is there twice (names differ at most in case); rename one");
            }
            if (column.name().startsWith(Partitioning.RESERVED)) {
                throw invalid(
                        contract,
                        "column '"
                                + column.name()
                                + "': names that begin with "
                                + Partitioning.RESERVED
                                + " are the lake's own");
            }
        }
    }

    private static Problem invalid(TableContract contract, String why) {
        return new Problem(
                ProblemCode.INVALID_CONTRACT,
                "table '" + contract.name() + "' cannot be stored: " + why);
    }
}
