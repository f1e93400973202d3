package dev.sheaf.contract.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.Problem;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What goes out and comes back is the same, for every type there is.
final class ConversionsTest {
    @Provide
    Arbitrary<ColumnType> types() {
        return type(3);
    }

    @Provide
    Arbitrary<TableContract> tables() {
        return fields(type(2), 6)
                .map(fields ->
                        Columns.table(
                                "t",
                                Optional.empty(),
                                fields.stream().map(ConversionsTest::column).toList()));
    }

    private static ColumnContract column(ColumnType.Field field) {
        return Columns.column(field, Optional.empty(), ValueConstraints.NONE);
    }

    private static Arbitrary<ColumnType> type(int depth) {
        Arbitrary<ColumnType> leaf =
                Arbitraries.oneOf(
                        Arbitraries.of(Primitive.values()).map(type -> type),
                        Arbitraries.integers()
                                .between(1, 38)
                                .flatMap(precision ->
                                        Arbitraries.integers()
                                                .between(0, precision)
                                                .map(scale ->
                                                        new ColumnType.Decimal(precision, scale))));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Arbitraries.oneOf(
                leaf,
                Combinators.combine(Arbitraries.lazy(() -> type(depth - 1)), flag)
                        .as(ColumnType.ListOf::new),
                Combinators.combine(leaf, Arbitraries.lazy(() -> type(depth - 1)), flag)
                        .as(ColumnType.MapOf::new),
                fields(Arbitraries.lazy(() -> type(depth - 1)), 3).map(ColumnType.Struct::new));
    }

    private static Arbitrary<List<ColumnType.Field>> fields(Arbitrary<ColumnType> type, int most) {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(type, flag)
                .as((of, required) -> new ColumnType.Field("f", of, required))
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(ConversionsTest::numbered);
    }

    private static List<ColumnType.Field> numbered(List<ColumnType.Field> fields) {
        String[] names = {"a", "Größe", "x-y", "order", "n.m", "_1"};
        List<ColumnType.Field> named = new ArrayList<>();
        for (ColumnType.Field field : fields) {
            named.add(new ColumnType.Field(names[named.size()], field.type(), field.required()));
        }
        return named;
    }

    @Property
    void duckDbTextComesBack(@ForAll("types") ColumnType type) {
        assertEquals(Optional.of(withoutFlags(type)), DuckTypes.parse(DuckTypes.toSql(type)));
    }

    @Property
    void jsonSchemaComesBack(@ForAll("tables") TableContract table) {
        assertEquals(table, JsonSchemaText.read(JsonSchemaText.write(table)));
    }

    @Property
    void avroComesBack(@ForAll("tables") TableContract table) {
        assertEquals(table, AvroText.read(AvroText.write(table)));
    }

    @Property
    void parquetComesBack(@ForAll("tables") TableContract table) {
        assertEquals(table, ParquetText.read(ParquetText.write(table)));
    }

    private static ColumnType withoutFlags(ColumnType type) {
        return switch (type) {
            case Primitive primitive -> primitive;
            case ColumnType.Decimal decimal -> decimal;
            case ColumnType.ListOf list ->
                    new ColumnType.ListOf(withoutFlags(list.element()), false);
            case ColumnType.MapOf map ->
                    new ColumnType.MapOf(withoutFlags(map.key()), withoutFlags(map.value()), false);
            case ColumnType.Struct struct ->
                    new ColumnType.Struct(
                            struct.fields().stream()
                                    .map(field ->
                                            new ColumnType.Field(
                                                    field.name(),
                                                    withoutFlags(field.type()),
                                                    false))
                                    .toList());
        };
    }

    @Test
    void duckDbSaysMoreThanWeDo() {
        assertEquals(Optional.of(Primitive.INT), DuckTypes.parse("UTINYINT"));
        assertEquals(Optional.of(Primitive.STRING), DuckTypes.parse("ENUM('a, b', 'it''s')"));
        assertEquals(
                Optional.of(
                        new ColumnType.Struct(
                                List.of(
                                        new ColumnType.Field("a b", Primitive.STRING, false),
                                        new ColumnType.Field(
                                                "c",
                                                new ColumnType.ListOf(Primitive.INT, false),
                                                false)))),
                DuckTypes.parse("STRUCT(\"a b\" ENUM('x'), c INTEGER[3])"));
        assertEquals(Optional.empty(), DuckTypes.parse("INTERVAL"));
        assertEquals(Optional.empty(), DuckTypes.parse("UNION(a INTEGER)"));
    }

    @Test
    void foreignParquetSchemasAreUnderstood() {
        TableContract table =
                ParquetText.read(
                        """
                        message spark_schema {
                          optional binary name (UTF8) = 1;
                          required int96 ts;
                          repeated int32 numbers;
                          optional int64 day (TIMESTAMP_MILLIS);
                          optional group bag (LIST) { repeated group bag { optional binary array_element (STRING); } }
                          required fixed_len_byte_array(5) d (DECIMAL(10,2));
                        }
                        """);
        assertEquals(
                List.of(
                        Primitive.STRING,
                        Primitive.TIMESTAMP_TZ,
                        new ColumnType.ListOf(Primitive.INT, true),
                        Primitive.TIMESTAMP_TZ,
                        new ColumnType.ListOf(Primitive.STRING, false),
                        new ColumnType.Decimal(10, 2)),
                table.columns().stream().map(ColumnContract::type).toList());
        assertThrows(Problem.class, () -> ParquetText.read("message x { required"));
        assertThrows(Problem.class, () -> ParquetText.read("nonsense"));
        assertThrows(Problem.class, () -> AvroText.read("[1"));
        assertThrows(Problem.class, () -> JsonSchemaText.read("{\"type\": \"string\"}"));
    }

    @Test
    void sqlStatesKeysAndBounds() {
        ColumnContract column =
                Columns.column(
                        new ColumnType.Field("a\"b", Primitive.STRING, true),
                        Optional.empty(),
                        new ValueConstraints(
                                java.util.OptionalInt.empty(),
                                java.util.OptionalInt.of(3),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                java.util.OptionalInt.empty(),
                                java.util.OptionalInt.empty(),
                                false,
                                List.of("it's", "1")));
        String sql = SqlText.write(Columns.table("t", Optional.empty(), List.of(column)));
        assertTrue(sql.contains("\"a\"\"b\" VARCHAR NOT NULL"), sql);
        assertTrue(sql.contains("IN ('it''s', '1')"), sql);
    }
}
