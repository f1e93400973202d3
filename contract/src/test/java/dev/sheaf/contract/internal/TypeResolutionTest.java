package dev.sheaf.contract.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

final class TypeResolutionTest {
    private static TypeResolution resolve(String property) {
        Parsed parsed =
                DocumentReader.read(new Source("p", property.getBytes(StandardCharsets.UTF_8)));
        return TypeResolution.of(new Fields((Node.Mapping) ((Parsed.Tree) parsed).root()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logicalType: string | VARCHAR",
                "{logicalType: string, physicalType: uuid} | UUID",
                "{logicalType: string, physicalType: bytea} | BLOB",
                "{logicalType: string, physicalType: int} | VARCHAR",
                "logicalType: integer | BIGINT",
                "{logicalType: integer, physicalType: int} | INTEGER",
                "{logicalType: integer, physicalType: bigint} | BIGINT",
                "{logicalType: integer, physicalType: 'NUMBER(10)'} | DECIMAL(10,0)",
                "{logicalType: integer, logicalTypeOptions: {format: i16}} | INTEGER",
                "{logicalType: integer, logicalTypeOptions: {format: u32}} | BIGINT",
                "{logicalType: integer, logicalTypeOptions: {format: u64}} | DECIMAL(20,0)",
                "logicalType: number | DOUBLE",
                "{logicalType: number, physicalType: 'numeric(18,2)'} | DECIMAL(18,2)",
                "{logicalType: number, physicalType: float} | DOUBLE",
                "{logicalType: number, physicalType: real} | FLOAT",
                "{logicalType: number, logicalTypeOptions: {format: f32}} | FLOAT",
                "logicalType: date | DATE",
                "{logicalType: date, physicalType: timestamp} | TIMESTAMP",
                "{logicalType: date, logicalTypeOptions: {format: yyyy-MM-dd}} | DATE",
                "{logicalType: date, logicalTypeOptions: {format: \"yyyy-MM-dd'T'HH:mm:ss\"}} |"
                        + " TIMESTAMP",
                "{logicalType: date, logicalTypeOptions: {format: \"yyyy-MM-dd HH:mm:ssZ\"}} |"
                        + " TIMESTAMP WITH TIME ZONE",
                "{logicalType: date, logicalTypeOptions: {format: \"HH:mm\"}} | TIME",
                "logicalType: timestamp | TIMESTAMP",
                "{logicalType: timestamp, physicalType: timestamptz} | TIMESTAMP WITH TIME ZONE",
                "{logicalType: timestamp, physicalType: TIMESTAMP_NTZ} | TIMESTAMP",
                "{logicalType: timestamp, logicalTypeOptions: {timezone: true}} | TIMESTAMP WITH"
                        + " TIME ZONE",
                "logicalType: time | TIME",
                "logicalType: boolean | BOOLEAN",
                "physicalType: varchar(20) | VARCHAR",
                "physicalType: double precision | DOUBLE",
                "physicalType: timestamp(6) with time zone | TIMESTAMP WITH TIME ZONE",
                "physicalType: character varying(40) | VARCHAR",
                "physicalType: bigint unsigned | VARCHAR",
                "physicalType: 'struct<a:int,b:array<string>>' | STRUCT(\"a\" INTEGER, \"b\""
                        + " VARCHAR[])",
                "physicalType: 'map<string,decimal(9,2)>' | MAP(VARCHAR, DECIMAL(9,2))",
                "physicalType: 'ROW(x double, y double)' | STRUCT(\"x\" DOUBLE, \"y\" DOUBLE)",
                "physicalType: 'Nullable(Int32)' | INTEGER",
                "{logicalType: array, items: {logicalType: integer}} | BIGINT[]",
                "{logicalType: array, physicalType: 'array<date>'} | DATE[]",
                "{logicalType: object, properties: [{name: z, logicalType: string}]} | STRUCT(\"z\""
                        + " VARCHAR)",
            })
    void resolves(String property, String expected) {
        assertEquals(expected, DuckTypes.toSql(resolve(property).type()));
    }

    @Test
    void saysWhatItAssumed() {
        assertTrue(resolve("name: x").doubt().orElseThrow().contains("neither"));
        assertTrue(resolve("physicalType: geography").doubt().orElseThrow().contains("geography"));
        assertTrue(resolve("logicalType: object").doubt().isPresent());
        assertTrue(resolve("logicalType: array").doubt().isPresent());
        assertEquals(Optional.empty(), resolve("logicalType: string").doubt());
    }

    @Test
    void hostileTypeTextsEndWell() {
        assertEquals(Optional.empty(), PhysicalTypes.parse("array<".repeat(100_000)));
        assertEquals(Optional.empty(), PhysicalTypes.parse("decimal(99999999999999)"));
        assertEquals(Optional.empty(), PhysicalTypes.parse("decimal(10,20)"));
        assertEquals(Optional.empty(), PhysicalTypes.parse(""));
        assertEquals(Optional.empty(), PhysicalTypes.parse("struct<a:int"));
    }
}
