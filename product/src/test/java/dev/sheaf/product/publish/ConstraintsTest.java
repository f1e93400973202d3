package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which values keep a constraint or are of a type, and which go to quarantine.
final class ConstraintsTest {
    @TempDir Path directory;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /// A column, a rule, values that keep it, values that break it. Values stand in a CSV file.
    private record Case(String column, String rule, List<String> good, List<String> bad) {}

    private static Case of(String column, String rule, List<String> good, List<String> bad) {
        return new Case(column, rule, good, bad);
    }

    /// All cases in one product, a column each, one row per value.
    private void assertAll(String source, Case... cases) {
        StringBuilder properties = new StringBuilder("- {name: id, logicalType: string}\n");
        StringBuilder header = new StringBuilder("id");
        StringBuilder rows = new StringBuilder();
        Set<String> expected = new TreeSet<>();
        for (int c = 0; c < cases.length; c++) {
            properties
                    .append("- {name: c")
                    .append(c)
                    .append(", ")
                    .append(cases[c].column())
                    .append("}\n");
            header.append(",c").append(c);
        }
        for (int c = 0; c < cases.length; c++) {
            List<String> all = new ArrayList<>(cases[c].good());
            all.addAll(cases[c].bad());
            for (int v = 0; v < all.size(); v++) {
                String value = all.get(v);
                String id = cases[c].column() + " " + value.replace("\"", "'");
                rows.append('"').append(id).append('"').append(",".repeat(c + 1));
                rows.append('"').append(value.replace("\"", "\"\"")).append('"');
                rows.append(",".repeat(cases.length - c - 1)).append('\n');
                if (v >= cases[c].good().size()) {
                    expected.add(id + " => " + cases[c].rule());
                }
            }
        }
        node.declare("types.rows", properties.toString(), "", source);
        PublishReport report =
                node.publish("types.rows", node.file("rows.csv", header + "\n" + rows));
        Set<String> found = new TreeSet<>();
        for (QuarantineReader.QuarantinedRow row : node.quarantine(report)) {
            String record = row.record();
            String id = record.substring(1, record.indexOf("\",", 1));
            found.add(
                    id
                            + " => "
                            + String.join(
                                    "+", row.violations().stream().map(v -> v.rule()).toList()));
        }
        Set<String> accepted = new TreeSet<>(expected);
        accepted.removeAll(found);
        found.removeAll(expected);
        assertEquals(
                "accepted wrongly [], refused wrongly []",
                "accepted wrongly " + accepted + ", refused wrongly " + found);
    }

    private static String options(String type, String options) {
        return "logicalType: " + type + ", logicalTypeOptions: {" + options + "}";
    }

    @Test
    void everyConstraintIsExactAtItsEnds() {
        assertAll(
                "",
                of(
                        options("string", "minLength: 2"),
                        "minLength",
                        List.of("ab", "äö"),
                        List.of("a", "ä")),
                of(
                        options("string", "maxLength: 2"),
                        "maxLength",
                        List.of("äö", "日本"),
                        List.of("abc")),
                of(
                        options("string", "pattern: '^[A-Z]{2}[0-9]+$'"),
                        "pattern",
                        List.of("AB1"),
                        List.of("ab1", "AB1 ", "xAB1")),
                of(
                        options("string", "pattern: 'b.d'"),
                        "pattern",
                        List.of("abcde"),
                        List.of("abd")),
                of(options("integer", "minimum: -3"), "minimum", List.of("-3", "0"), List.of("-4")),
                of(options("integer", "maximum: 3"), "maximum", List.of("3"), List.of("4")),
                of(
                        options("integer", "exclusiveMinimum: 3"),
                        "exclusiveMinimum",
                        List.of("4"),
                        List.of("3")),
                of(
                        options("integer", "exclusiveMaximum: 3"),
                        "exclusiveMaximum",
                        List.of("2"),
                        List.of("3")),
                of(
                        options("integer", "multipleOf: 5"),
                        "multipleOf",
                        List.of("-10", "0"),
                        List.of("7")),
                of(
                        options("number", "multipleOf: 0.25"),
                        "multipleOf",
                        List.of("1.75"),
                        List.of("1.7")),
                of(
                        options("number", "minimum: 0.1, maximum: 0.3"),
                        "minimum",
                        List.of("0.1", "0.3"),
                        List.of("0.09")),
                of(
                        options("date", "minimum: '2020-02-29'"),
                        "minimum",
                        List.of("2020-02-29"),
                        List.of("2020-02-28")),
                of(
                        options("timestamp", "maximum: '2020-01-01T12:00:00Z'"),
                        "maximum",
                        List.of("2020-01-01T12:00:00"),
                        List.of("2020-01-01T12:00:01")),
                of(
                        options("array", "minItems: 1, maxItems: 2")
                                + ", items: {logicalType: integer}",
                        "minItems",
                        List.of("[1]", "[1, 2]"),
                        List.of("[]")),
                of(
                        options("array", "maxItems: 2") + ", items: {logicalType: integer}",
                        "maxItems",
                        List.of("[]"),
                        List.of("[1, 2, 3]")),
                of(
                        options("array", "uniqueItems: true") + ", items: {logicalType: integer}",
                        "uniqueItems",
                        List.of("[1, 2]", "[1, null, null]"),
                        List.of("[1, 1]")));
    }

    @Test
    void formatsAreKept() {
        assertAll(
                "",
                of(
                        options("string", "format: email"),
                        "format",
                        List.of("a@b.org", "a.b+c@sub.example.com"),
                        List.of("a", "a@", "@b.org", "a@b", "a b@c.org", "a@b..org", "a@-b.org")),
                of(
                        options("string", "format: uri"),
                        "format",
                        List.of("https://example.com/a?b=c", "urn:isbn:123", "mailto:a@b.org"),
                        List.of("example.com", "/a/b", "http://a b", "1http://x")),
                of(
                        options("string", "format: ipv4"),
                        "format",
                        List.of("0.0.0.0", "255.255.255.255"),
                        List.of("256.1.1.1", "1.1.1", "01.1.1.1", "1.1.1.1.1", "1.1.1.1\n")),
                of(
                        options("string", "format: ipv6"),
                        "format",
                        List.of(
                                "::",
                                "::1",
                                "2001:db8::1",
                                "1:2:3:4:5:6:7:8",
                                "::ffff:192.0.2.1",
                                "fe80::1:2:3"),
                        List.of("1:2", ":::", "1::2::3", "g::1", "1:2:3:4:5:6:7:8:9")),
                of(
                        options("string", "format: hostname"),
                        "format",
                        List.of("localhost", "a-b.example"),
                        List.of("-a", "a_b", "a..b", "a.")),
                of(
                        options("string", "format: date"),
                        "format",
                        List.of("2024-02-29"),
                        List.of("2023-02-29", "29.02.2024")),
                of(
                        options("string", "format: date-time"),
                        "format",
                        List.of("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.5+02:00"),
                        List.of("yesterday", "2024-13-01T00:00:00Z")),
                of(
                        options("string", "format: time"),
                        "format",
                        List.of("23:59:59"),
                        List.of("24:30:00", "noon")),
                of(
                        options("string", "format: json"),
                        "format",
                        List.of("{\"a\": 1}"),
                        List.of("{a")),
                of(options("string", "format: byte"), "format", List.of("AAEC"), List.of("A*")),
                of(
                        options("string", "format: uuid"),
                        "type",
                        List.of(
                                "123e4567-e89b-12d3-a456-426614174000",
                                "123E4567-E89B-12D3-A456-426614174000"),
                        List.of("123e4567", "g23e4567-e89b-12d3-a456-426614174000")));
    }

    @Test
    void valuesThatATypeCannotHoldAreQuarantinedAndNeverRounded() {
        assertAll(
                "",
                of(
                        "logicalType: integer",
                        "type",
                        List.of("0", "-7", "+7", "17850.0", "1e3", "9223372036854775807"),
                        List.of(
                                "2.5",
                                "0.1",
                                "1e-1",
                                "9223372036854775808",
                                "-9223372036854775809",
                                "abc",
                                "0x",
                                "1,000",
                                "99999999999999999999999999",
                                "true",
                                "NaN")),
                of(
                        "logicalType: integer, physicalType: INTEGER",
                        "type",
                        List.of("2147483647", "-2147483648"),
                        List.of("2147483648", "-2147483649", "2147483647.5")),
                of(
                        "logicalType: number, physicalType: 'DECIMAL(5,2)'",
                        "type",
                        List.of(
                                "1", "1.5", "1.50", "1.5000", "-999.99", "999.99", "1e2", "1.255e2",
                                "125e-2", ".5"),
                        List.of(
                                "1.005", "1.995", "0.001", "-0.001", "999.995", "1000", "12345.6",
                                "1e3", "1e-3", "125e-3", "1.2.3", "x")),
                of(
                        "logicalType: number, physicalType: 'DECIMAL(38,0)'",
                        "type",
                        List.of("99999999999999999999999999999999999999", "5.0"),
                        List.of("100000000000000000000000000000000000000", "0.5", "1.4")),
                of(
                        "logicalType: number, physicalType: DOUBLE",
                        "type",
                        List.of("1e308", "-0.0", "3.14"),
                        List.of("x", "1e999", "1.2.3")),
                of(
                        "logicalType: boolean",
                        "type",
                        List.of("true", "false", "True", "1", "0"),
                        List.of("2", "maybe")),
                of(
                        "logicalType: date",
                        "type",
                        List.of("2024-02-29", "0001-01-01"),
                        List.of("2023-02-29", "infinity", "29/02/2024", "2024-00-01", "today")),
                of(
                        options("date", "format: dd.MM.yyyy"),
                        "type",
                        List.of("29.02.2024", "01.12.1999"),
                        List.of("29.02.2023", "2024-02-29", "12.31.2024")),
                of(
                        options("date", "format: M/d/yyyy"),
                        "type",
                        List.of("2/9/2024", "12/31/1999"),
                        List.of("31/12/1999")),
                of(
                        options("timestamp", "format: 'yyyy-MM-dd''T''HH:mm:ss'"),
                        "type",
                        List.of("2024-02-29T23:59:59"),
                        List.of("2024-02-29 23:59:59", "2024-02-29T24:00:00")),
                of(
                        options("timestamp", "format: 'dd/MM/yyyy HH:mm'"),
                        "type",
                        List.of("29/02/2024 23:59"),
                        List.of("02/29/2024 23:59")),
                of(
                        "logicalType: timestamp",
                        "type",
                        List.of("2024-02-29T12:00:00.123456", "2024-02-29 12:00:00+02:00"),
                        List.of("-infinity", "2024-02-30T00:00:00", "12:00")),
                of(
                        "logicalType: time",
                        "type",
                        List.of("23:59:59.5", "00:00:00"),
                        List.of("24:01:00", "noon")),
                of(
                        options("integer", "format: u8"),
                        "type",
                        List.of("0", "255"),
                        List.of("-99999999999")),
                of(
                        "logicalType: array, items: {logicalType: integer}",
                        "type",
                        List.of("[]", "[1, null]"),
                        List.of("[1", "1", "[\"x\"]", "{}")),
                of(
                        "logicalType: object, properties: [{name: a, logicalType: integer}, {name:"
                                + " b, logicalType: array, items: {logicalType: string}}]",
                        "type",
                        List.of("{\"a\": 1, \"b\": [\"x\"]}", "{\"b\": null}"),
                        List.of("{\"a\": \"x\"}", "[]", "x")));
    }

    @Test
    void aDecimalCommaIsReadAndNotRounded() {
        assertAll(
                "- {property: sheaf.source, value: {decimalSeparator: ',', delimiter: ',', dateFormat: '%d.%m.%y'}}"
                        .replace("delimiter: ',', ", ""),
                of(
                        "logicalType: number, physicalType: 'DECIMAL(9,2)'",
                        "type",
                        List.of("1,5", "1.234,50", "-0,25"),
                        List.of("1,234", "0,001")),
                of(
                        "logicalType: date",
                        "type",
                        List.of("29.02.24"),
                        List.of("29.02.2024", "30.02.24")));
    }

    @Test
    void nestedColumnsFromJsonKeepTheirTypesAndConstraints() {
        node.declare(
                "types.nested",
                """
                - {name: id, logicalType: integer, required: true}
                - name: who
                  logicalType: object
                  required: true
                  properties:
                    - {name: name, logicalType: string, required: true}
                    - {name: age, logicalType: integer}
                    - {name: tags, logicalType: array, items: {logicalType: string}}
                - {name: price, logicalType: number, physicalType: 'DECIMAL(6,2)'}
                - {name: points, logicalType: array, logicalTypeOptions: {maxItems: 2}, items: {logicalType: number}}
                """,
                "",
                "");
        PublishReport report =
                node.publish(
                        "types.nested",
                        node.file(
                                "a.ndjson",
                                """
                                {"id": 1, "who": {"name": "Ada", "age": 36, "tags": ["x", "y"]}, "price": 1.50, "points": [1.5, 2]}
                                {"id": 2, "who": {"name": null, "age": 1}}
                                {"id": 3, "who": {"name": "Bob", "age": "old"}}
                                {"id": 4, "who": null}
                                {"id": 5, "who": {"name": "C"}, "points": [1, 2, 3]}
                                {"id": 6, "who": {"name": "D"}, "price": 1.505}
                                {"id": 2.5, "who": {"name": "E"}}
                                {"id": "7", "who": {"name": "F"}, "price": "2.25"}
                                {"id": 8, "who": {"name": "G", "age": 2.5}}
                                """));
        assertEquals("COMMITTED", report.outcome(), report.json());
        assertEquals(
                List.of(
                        "2:required(who)",
                        "3:type(who)",
                        "4:required(who)",
                        "5:maxItems(points)",
                        "6:type(price)",
                        "7:type(id)",
                        "9:type(who)"),
                node.broken(report).stream().map(text -> text.replaceAll("=.*", "")).toList());
        assertEquals(
                "[[1, Ada, 2, 1.50], [7, F, null, 2.25]]",
                node.rows(
                                "types.nested",
                                "SELECT id, who.name, len(who.tags), CAST(price AS VARCHAR) FROM"
                                        + " release ORDER BY id")
                        .toString());
    }

    @Test
    void valuesOfParquetThatWouldBeRoundedOrOverflowAreQuarantined() {
        Path file = directory.resolve("in").resolve("a.parquet");
        try (dev.sheaf.engine.EngineSession session =
                TestNode.engine()
                        .open(
                                new dev.sheaf.engine.SessionSpec(
                                        dev.sheaf.engine.SessionSpec.Purpose.PUBLISH,
                                        dev.sheaf.kernel.ByteSize.ofMebibytes(256),
                                        1,
                                        directory.resolve("in"),
                                        List.of(),
                                        List.of(directory.resolve("in"))))) {
            session.execute(
                    "COPY (SELECT * FROM (VALUES (1, 1.50::DECIMAL(9,4), 0.25::DOUBLE, 7::BIGINT,"
                        + " {'x': 1}), (2, 1.505, 0.25, 7, {'x': 1}), (3, 1.5, 0.255, 7, {'x': 1}),"
                        + " (4, 1.5, 0.25, 3000000000, {'x': 1}), (5, 1.5, 0.25, 7, NULL), (6, 1.5,"
                        + " 'nan'::DOUBLE, 7, {'x': 1})) t(id, d, f, i, s)) TO '"
                            + file
                            + "' (FORMAT parquet)");
        }
        node.declare(
                "types.parquet",
                """
                - {name: id, logicalType: integer}
                - {name: d, logicalType: number, physicalType: 'DECIMAL(6,2)'}
                - {name: f, logicalType: number, physicalType: 'DECIMAL(6,2)'}
                - {name: i, logicalType: integer, physicalType: INTEGER}
                - {name: s, logicalType: object, required: true, properties: [{name: x, logicalType: integer}]}
                """,
                "",
                "");
        PublishReport report = node.publish("types.parquet", file);
        assertEquals(
                List.of(
                        "-2:type(d)=1.5050",
                        "-3:type(f)=0.255",
                        "-4:type(i)=3000000000",
                        "-5:required(s)",
                        "-6:type(f)=nan"),
                node.broken(report));
        assertEquals("[[1]]", node.rows("types.parquet", "SELECT id FROM release").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logicalType: string, logicalTypeOptions: {pattern: '(?=a)b'}",
                "logicalType: string, logicalTypeOptions: {pattern: '(a)\\1'}",
                "logicalType: string, logicalTypeOptions: {pattern: '['}",
                "logicalType: string, logicalTypeOptions: {format: nonsense}",
                "logicalType: date, logicalTypeOptions: {format: 'QQQ yyyy'}"
            })
    void aConstraintThatCannotBeCheckedIsRefusedAndNotSkipped(String column) {
        Path file = node.file("a.csv", "a\nx\n");
        Problem problem =
                assertThrows(
                        Problem.class,
                        () -> {
                            node.declare("types.rows", "- {name: a, " + column + "}\n", "", "");
                            node.publish("types.rows", file);
                        });
        assertTrue(
                problem.code() == dev.sheaf.kernel.ProblemCode.INVALID_CONTRACT,
                problem.toString());
    }
}
