package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.quality.RuleResult;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

final class QualityRulesTest {
    private static final String COLUMNS =
            """
            - {name: id, logicalType: integer, required: true}
            - {name: kind, logicalType: string}
            - {name: part, logicalType: integer}
            """;

    /// Ten rows; kind has two nulls, part one; (kind, part) repeats twice, kind five times.
    private static final String ROWS =
            """
            id,kind,part
            1,a,1
            2,a,1
            3,a,2
            4,b,1
            5,b,1
            6,n/a,3
            7,,4
            8,,4
            9,B,5
            10,a,
            """;

    @TempDir Path directory;
    private TestNode node;
    private String standard = "v3.1.0";

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void declare(String schema) {
        String contract =
                "apiVersion: "
                        + standard
                        + "\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\n"
                        + schema;
        String descriptor =
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: p
                name: rows
                version: 1.0.0
                status: active
                outputPorts:
                  - {name: rows, version: 1.0.0, contractId: c}
                """;
        node.declare(
                ProductName.parse("sales.rows"),
                new Source("p.yaml", descriptor.getBytes(StandardCharsets.UTF_8)),
                new Source("c.yaml", contract.getBytes(StandardCharsets.UTF_8)));
    }

    private PublishReport measured(String quality, String rows) {
        node.declare(
                "sales.rows",
                COLUMNS,
                quality,
                "- {property: sheaf.publish, value: {minScore: 0}}");
        PublishRequest request = TestNode.request("sales.rows", node.file("rows.csv", rows));
        return node.publisher.publish(
                new PublishRequest(
                        request.runId(), request.product(), request.inputs(), "tester", true),
                PublishListener.SILENT,
                ReleaseGate.OPEN);
    }

    private static String shown(RuleResult result) {
        return result.measured().map(number -> number.toPlainString() + " ").orElse("")
                + result.expected()
                + " "
                + result.outcome();
    }

    @Test
    void everyLibraryMetricIsMeasured() {
        String[][] rules = {
            {"metric: rowCount, mustBeGreaterThan: 0", "10 > 0 passed"},
            {"metric: rowCount, mustBe: 10", "10 = 10 passed"},
            {"metric: nullValues, column: kind, mustBe: 0", "2 = 0 failed"},
            {"metric: nullValues, column: id, mustBe: 0", "0 = 0 passed"},
            {"metric: nullValues, column: kind, unit: percent, mustBe: 20", "20 = 20 % passed"},
            {"metric: missingValues, column: kind, mustBe: 0", "2 = 0 failed"},
            {
                "metric: missingValues, column: kind, arguments: {missingValues: [null, 'n/a']},"
                        + " mustBe: 0",
                "3 = 0 failed"
            },
            {
                "metric: missingValues, column: kind, arguments: {missingValues: ['n/a']}, mustBe:"
                        + " 0",
                "1 = 0 failed"
            },
            {
                "metric: invalidValues, column: kind, arguments: {validValues: [a, b]}, mustBe: 0",
                "2 = 0 failed"
            },
            {
                "metric: invalidValues, column: kind, arguments: {pattern: '^[a-z]$'}, mustBe: 0",
                "2 = 0 failed"
            },
            {
                "metric: invalidValues, column: kind, arguments: {pattern: '^[a-zA-Z]$',"
                        + " validValues: [a, b, n/a]}, mustBe: 0",
                "2 = 0 failed"
            },
            {
                "metric: invalidValues, column: part, arguments: {validValues: [1, 2, 3]}, mustBe:"
                        + " 0",
                "3 = 0 failed"
            },
            {"metric: duplicateValues, column: kind, mustBe: 0", "4 = 0 failed"},
            {"metric: duplicateValues, column: part, mustBe: 0", "4 = 0 failed"},
            {"metric: duplicateValues, column: id, mustBe: 0", "0 = 0 passed"},
            {
                "metric: duplicateValues, arguments: {properties: [kind, part]}, mustBe: 0",
                "2 = 0 failed"
            },
            {
                "metric: duplicateValues, arguments: {properties: [kind, part]}, unit: percent,"
                        + " mustBeLessThan: 20.5",
                "20 < 20.5 % passed"
            },
        };
        assertMeasured(rules);
    }

    @Test
    void theNamesOfThePreviousStandardMeanTheSame() {
        standard = "v3.0.2";
        assertMeasured(
                new String[][] {
                    {"rule: duplicateCount, column: kind, mustBeLessThan: 5", "4 < 5 passed"},
                    {"rule: duplicatePercent, column: kind, mustBe: 40", "40 = 40 % passed"},
                    {"rule: uniqueCheck, column: part, mustBe: 0", "4 = 0 failed"},
                    {"rule: nullCheck, column: kind, mustBe: 0", "2 = 0 failed"},
                    {"rule: nullCount, column: kind, mustBe: 2", "2 = 2 passed"},
                    {"rule: nullPercent, column: kind, mustBe: 20", "20 = 20 % passed"},
                    {"rule: missingCount, column: kind, mustBe: 2", "2 = 2 passed"},
                    {"rule: missingPercent, column: kind, mustBe: 20", "20 = 20 % passed"},
                    {
                        "rule: validValues, column: kind, validValues: [a, b, B], mustBe: 0",
                        "1 = 0 failed"
                    },
                    {
                        "rule: invalidCount, column: kind, validValues: [a, b, B], mustBe: 1",
                        "1 = 1 passed"
                    },
                    {
                        "rule: invalidPercent, column: kind, validValues: [a, b, B], mustBe: 10",
                        "10 = 10 % passed"
                    },
                    {"rule: countCheck, mustBeGreaterThan: 0", "10 > 0 passed"},
                });
    }

    @Test
    void everyOperatorIsExactAtItsEnds() {
        List<String[]> rules = new ArrayList<>();
        String[][] operators = {
            {"mustBe: 9", "= 9 failed"},
            {"mustBe: 10.0", "= 10.0 passed"},
            {"mustNotBe: 10", "<> 10 failed"},
            {"mustNotBe: 9", "<> 9 passed"},
            {"mustBeGreaterThan: 10", "> 10 failed"},
            {"mustBeGreaterThan: 9.999", "> 9.999 passed"},
            {"mustBeGreaterOrEqualTo: 10", ">= 10 passed"},
            {"mustBeGreaterOrEqualTo: 11", ">= 11 failed"},
            {"mustBeLessThan: 10", "< 10 failed"},
            {"mustBeLessThan: 11", "< 11 passed"},
            {"mustBeLessOrEqualTo: 10", "<= 10 passed"},
            {"mustBeLessOrEqualTo: 9", "<= 9 failed"},
            {"mustBeBetween: [10, 11]", "between 10 and 11 passed"},
            {"mustBeBetween: [1, 10]", "between 1 and 10 passed"},
            {"mustBeBetween: [1, 9]", "between 1 and 9 failed"},
            {"mustNotBeBetween: [1, 10]", "not between 1 and 10 failed"},
            {"mustNotBeBetween: [11, 20]", "not between 11 and 20 passed"},
        };
        for (String[] operator : operators) {
            rules.add(new String[] {"metric: rowCount, " + operator[0], "10 " + operator[1]});
            rules.add(
                    new String[] {
                        "type: sql, query: 'SELECT count(*) FROM ${table}', " + operator[0],
                        "10 " + operator[1]
                    });
        }
        assertMeasured(rules.toArray(String[][]::new));
    }

    @Test
    void aQueryMustYieldOneNumber() {
        assertMeasured(
                new String[][] {
                    {
                        "type: sql, query: 'SELECT count(*) FROM ${object} WHERE part > 3', mustBe:"
                                + " 3",
                        "3 = 3 passed"
                    },
                    {
                        "type: sql, query: 'SELECT avg(part) FROM rows', mustBeBetween: [2.4, 2.5]",
                        "2.4444444444444446 between 2.4 and 2.5 passed"
                    },
                    {
                        "type: sql, query: 'SELECT bool_and(id > 0) FROM sales.rows', mustBe: 1",
                        "1 = 1 passed"
                    },
                    {
                        "type: sql, query: 'SELECT sum(${column}) FROM ${table}', column: part,"
                                + " mustBe: 22",
                        "22 = 22 passed"
                    },
                    {"type: sql, query: 'SELECT id FROM ${table}', mustBe: 1", "= 1 failed"},
                    {
                        "type: sql, query: 'SELECT id, part FROM ${table} LIMIT 1', mustBe: 1",
                        "= 1 failed"
                    },
                    {
                        "type: sql, query: 'SELECT 1 FROM ${table} WHERE false', mustBe: 1",
                        "= 1 failed"
                    },
                    {"type: sql, query: 'SELECT max(kind) FROM ${table}', mustBe: 1", "= 1 failed"},
                    {"type: sql, query: 'SELECT NULL FROM ${table}', mustBe: 1", "= 1 failed"},
                    {
                        "type: sql, query: 'SELECT min(nothing) FROM ${table}', mustBe: 1",
                        "= 1 failed"
                    },
                    {
                        "type: sql, query: 'SELECT max(CAST(kind AS INTEGER)) FROM ${table}',"
                                + " mustBe: 1",
                        "= 1 failed"
                    },
                    {
                        "type: sql, query: 'SELECT CAST(1 AS DOUBLE) / 0 - CAST(1 AS DOUBLE) / 0',"
                                + " mustBe: 1",
                        "= 1 failed"
                    },
                    {"type: text, description: be good", " notRun"},
                    {"type: custom, engine: soda, implementation: 'checks'", " notRun"},
                });
    }

    /// @param rules YAML members and the result; `column: c` puts the rule at that column
    private void assertMeasured(String[][] rules) {
        StringBuilder columns = new StringBuilder();
        StringBuilder table = new StringBuilder();
        List<String> expected = new ArrayList<>();
        List<StringBuilder> own =
                List.of(new StringBuilder(), new StringBuilder(), new StringBuilder());
        List<String> names = List.of("id", "kind", "part");
        for (int i = 0; i < rules.length; i++) {
            String text = rules[i][0];
            int place = -1;
            for (int c = 0; c < names.size(); c++) {
                if (text.contains(", column: " + names.get(c))) {
                    place = c;
                    text = text.replace(", column: " + names.get(c), "");
                }
            }
            String entry = "- {name: r" + i + ", severity: info, " + text + "}\n";
            (place < 0 ? table : own.get(place)).append(entry);
            expected.add("r" + i + " " + rules[i][0] + ": " + rules[i][1]);
        }
        for (int c = 0; c < names.size(); c++) {
            columns.append("- name: ").append(names.get(c)).append('\n');
            columns.append("  logicalType: ").append(c == 1 ? "string" : "integer").append('\n');
            if (!own.get(c).isEmpty()) {
                columns.append("  quality:\n").append(own.get(c).toString().indent(2));
            }
        }
        String schema = "schema:\n  - name: rows\n    properties:\n" + columns.toString().indent(6);
        declare(table.isEmpty() ? schema : schema + "    quality:\n" + table.toString().indent(6));
        PublishRequest request = TestNode.request("sales.rows", node.file("rows.csv", ROWS));
        PublishReport report =
                node.publisher.publish(
                        new PublishRequest(
                                request.runId(),
                                request.product(),
                                request.inputs(),
                                "tester",
                                true),
                        PublishListener.SILENT,
                        ReleaseGate.OPEN);
        assertEquals("DRY_RUN", report.outcome());
        assertEquals(1.0, report.score().orElseThrow());
        List<String> found = new ArrayList<>();
        for (int i = 0; i < rules.length; i++) {
            String name = "r" + i;
            RuleResult result =
                    report.rules().stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no result of " + name));
            found.add(name + " " + rules[i][0] + ": " + shown(result));
            assertEquals(!result.outcome().equals("passed"), result.reason().isPresent(), name);
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    @ParameterizedTest
    @CsvSource({
        "critical,REFUSED,critical",
        "blocker,REFUSED,critical",
        "HIGH,REFUSED,critical",
        "error,REFUSED,error",
        "'',REFUSED,error",
        "whatever,REFUSED,error",
        "warning,DRY_RUN,warning",
        "medium,DRY_RUN,warning",
        "info,DRY_RUN,info",
        "low,DRY_RUN,info"
    })
    void theSeverityOfAFailedRuleDecides(String severity, String outcome, String known) {
        PublishReport report =
                measured(
                        "- {name: r, metric: rowCount, mustBe: 11"
                                + (severity.isEmpty() ? "" : ", severity: " + severity)
                                + "}\n",
                        ROWS);
        assertEquals(outcome, report.outcome(), report.json());
        assertEquals(known, report.rules().getFirst().severity());
        assertEquals(known.equals("info") ? 1.0 : 0.0, report.score().orElseThrow());
    }

    @Test
    void theScoreIsTheWeightedMeanOfTheCredits() {
        PublishReport report =
                measured(
                        """
                        - {name: a, metric: rowCount, mustBe: 10, severity: critical}
                        - {name: b, metric: duplicateValues, arguments: {properties: [kind, part]}, mustBe: 0, severity: error}
                        - {name: c, metric: rowCount, mustBe: 11, severity: warning}
                        - {name: d, metric: rowCount, mustBe: 11, severity: info}
                        - {name: e, type: text, description: nothing, severity: critical}
                        """,
                        ROWS);
        // 5 * 1 + 3 * (1 - 2/10) + 1 * 0 of 9
        assertEquals((5 + 3 * 0.8) / 9, report.score().orElseThrow(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0.8,DRY_RUN", "0.81,REFUSED"})
    void aScoreBelowTheLimitRefusesAnEqualOneDoesNot(String limit, String outcome) {
        node.declare(
                "sales.rows",
                COLUMNS,
                "- {name: b, metric: duplicateValues, arguments: {properties: [kind, part]},"
                        + " mustBe: 0, severity: warning}\n",
                "- {property: sheaf.publish, value: {minScore: " + limit + "}}");
        PublishRequest request = TestNode.request("sales.rows", node.file("rows.csv", ROWS));
        PublishReport report =
                node.publisher.publish(
                        new PublishRequest(
                                request.runId(),
                                request.product(),
                                request.inputs(),
                                "tester",
                                true),
                        PublishListener.SILENT,
                        ReleaseGate.OPEN);
        assertEquals(outcome, report.outcome(), report.json());
    }

    @Test
    void rulesSeeTheReleaseAsItWouldBeNotTheNewRowsAlone() {
        node.declare(
                "sales.rows", COLUMNS, "- {name: n, metric: rowCount, mustBeLessThan: 4}\n", "");
        assertEquals(
                "COMMITTED",
                node.publish("sales.rows", node.file("a.csv", "id,kind,part\n1,,\n2,,\n"))
                        .outcome());
        PublishReport second =
                node.publish("sales.rows", node.file("b.csv", "id,kind,part\n3,,\n4,,\n"));
        assertEquals("REFUSED", second.outcome());
        assertEquals("4", second.rules().getFirst().measured().orElseThrow().toPlainString());
        assertEquals(1, node.releases("sales.rows"));
    }

    @Test
    void aReferenceNeedsItsPartnerInTheOtherProductsRelease() {
        node.declare(
                "sales.parts", "- {name: part, logicalType: integer, required: true}\n", "", "");
        node.declare(
                "sales.rows",
                """
                - {name: id, logicalType: integer}
                - name: part
                  logicalType: integer
                  customProperties:
                    - {property: sheaf.references, value: {to: sales.parts.part, severity: warning}}
                """,
                "- {name: most, type: sql, query: 'SELECT count(*) FROM ${table} ANTI JOIN"
                        + " sales.parts USING (part)', mustBeLessThan: 3}\n",
                "- {property: sheaf.publish, value: {minScore: 0.8}}");
        Path rows = node.file("r.csv", "id,part\n1,1\n2,2\n3,9\n4,\n");
        PublishReport early = node.publish("sales.rows", rows);
        assertEquals("REFUSED", early.outcome());
        assertTrue(early.reason().toString().contains("no release of sales.parts"), early.json());
        node.publish("sales.parts", node.file("p.csv", "part\n1\n2\n"));
        PublishReport report = node.publish("sales.rows", rows);
        assertEquals("COMMITTED", report.outcome(), report.json());
        assertEquals(
                List.of("most 2 < 3 passed", "part references sales.parts.part 1 = 0 failed"),
                report.rules().stream().map(rule -> rule.name() + " " + shown(rule)).toList());
        // (3 * 1 + 1 * (1 - 1/4)) / 4
        assertEquals(3.75 / 4, report.score().orElseThrow(), 1e-12);
    }

    @Test
    void freshnessIsTheAgeOfTheNewestValueAndRefusesNothing() {
        declare(
                """
                schema:
                  - name: rows
                    properties:
                      - {name: id, logicalType: integer}
                      - {name: at, logicalType: timestamp}
                slaProperties:
                  - {property: freshness, value: 2, unit: d, element: rows.at}
                """);
        Instant old = Instant.now().minus(72, ChronoUnit.HOURS);
        PublishReport late =
                node.publish("sales.rows", node.file("a.csv", "id,at\n1," + old + "\n"));
        assertEquals("COMMITTED", late.outcome(), late.json());
        assertEquals("failed", late.rules().getFirst().outcome());
        assertEquals(72, late.rules().getFirst().measured().orElseThrow().doubleValue(), 0.5);
        PublishReport fresh =
                node.publish("sales.rows", node.file("b.csv", "id,at\n2," + Instant.now() + "\n"));
        assertEquals("passed", fresh.rules().getFirst().outcome(), fresh.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metric: invalidValues, arguments: {validValues: [a]}, mustBe: 0",
                "metric: nullValues, mustBe: 0",
                "metric: duplicateValues, arguments: {properties: [nothing]}, mustBe: 0",
                "metric: duplicateValues, arguments: {properties: kind}, mustBe: 0",
                "type: sql, query: 'SELECT count(*) FROM other'",
                "type: sql, query: 'SELECT count(* FROM ${table}'",
                "type: sql, query: 'DROP TABLE ${table}'"
            })
    void aRuleThatCannotBeEvaluatedIsRefusedAndNotSkipped(String rule) {
        assertThrows(Problem.class, () -> measured("- {name: r, " + rule + "}\n", ROWS));
    }
}
