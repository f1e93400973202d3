package dev.sheaf.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ColumnType.Primitive;
import dev.sheaf.contract.QualityRule.Check;
import dev.sheaf.contract.QualityRule.Operator;
import dev.sheaf.contract.QualityRule.Unit;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

final class ContractReaderTest {
    private static final String HEAD =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders
            version: 1.2.3
            status: active
            """;

    private static Finding only(Source source) {
        List<Finding> errors = ContractReader.check(source).errors();
        assertEquals(1, errors.size(), errors::toString);
        return errors.getFirst();
    }

    @Test
    void readsWhatTheContractSays() {
        DataContract contract =
                ContractReader.read(
                        TestData.yaml(
                                HEAD
                                        + """
                                        domain: sales
                                        schema:
                                          - name: orders
                                            physicalName: ord
                                            quality:
                                              - metric: rowCount
                                                mustBeGreaterThan: 0
                                            properties:
                                              - name: id
                                                logicalType: integer
                                                physicalType: bigint
                                                primaryKey: true
                                                primaryKeyPosition: 1
                                                required: true
                                              - name: status
                                                logicalType: string
                                                logicalTypeOptions: {maxLength: 10, pattern: '^[a-z]+$'}
                                                customProperties:
                                                  - {property: sheaf.allowedValues, value: [open, done]}
                                                quality:
                                                  - {name: known, type: library, metric: missingValues,
                                                     arguments: {missingValues: [null, '']},
                                                     mustBeLessThan: 5, unit: percent, severity: Warning}
                                              - name: day
                                                logicalType: date
                                                partitioned: true
                                                partitionKeyPosition: 1
                                        slaProperties:
                                          - {property: freshness, value: 24, unit: h}
                                        customProperties:
                                          - {property: sheaf.region, value: aws/us-east-1}
                                        """));
        TableContract table = contract.tables().getFirst();
        assertEquals("1.2.3", contract.version());
        assertEquals(Optional.of("sales"), contract.domain());
        assertEquals(Map.of("sheaf.region", "aws/us-east-1"), contract.customProperties());
        assertEquals("24", contract.slaProperties().getFirst().value());
        assertEquals(Optional.of("ord"), table.physicalName());
        assertEquals(List.of("id"), table.primaryKey().stream().map(ColumnContract::name).toList());
        ColumnContract status = table.columns().get(1);
        assertEquals(OptionalInt.of(10), status.constraints().maxLength());
        assertEquals(List.of("open", "done"), status.constraints().allowedValues());
        QualityRule rule = status.quality().getFirst();
        assertEquals("warning", rule.severity());
        assertEquals(Unit.PERCENT, rule.threshold().orElseThrow().unit());
        assertEquals("missingValues", ((Check.Library) rule.check()).metric());
        assertEquals(OptionalInt.of(1), table.columns().get(2).partitionPosition());
    }

    @Test
    void translatesTheRulesOfThreeZero() {
        DataContract contract =
                ContractReader.read(
                        TestData.yaml(
                                HEAD.replace("v3.1.0", "v3.0.2")
                                        + """
                                        schema:
                                          - name: t
                                            properties:
                                              - name: a
                                                logicalType: number
                                                logicalTypeOptions: {minimum: 0, exclusiveMinimum: true}
                                                quality:
                                                  - {rule: duplicatePercent, mustBeLessThan: 1}
                                                  - {rule: nullCheck}
                                                  - {rule: validValues, validValues: [1, 2]}
                                                  - {rule: sheepCount, mustBe: 3}
                                        """));
        ColumnContract column = contract.tables().getFirst().columns().getFirst();
        assertEquals(Optional.of("0"), column.constraints().exclusiveMinimum());
        assertEquals(Optional.empty(), column.constraints().minimum());
        List<QualityRule> rules = column.quality();
        assertEquals(Unit.PERCENT, rules.get(0).threshold().orElseThrow().unit());
        assertEquals("nullValues", ((Check.Library) rules.get(1).check()).metric());
        assertEquals(Operator.MUST_BE, rules.get(1).threshold().orElseThrow().operator());
        assertEquals(
                Map.of("validValues", List.of(1L, 2L)),
                ((Check.Library) rules.get(2).check()).arguments());
        assertEquals(new Check.Custom("library", "sheepCount"), rules.get(3).check());
    }

    @Test
    void namesOfRulesAreUniqueInTheirTable() {
        DataContract contract =
                ContractReader.read(
                        TestData.yaml(
                                HEAD
                                        + """
                                        schema:
                                          - name: t
                                            properties:
                                              - name: a
                                                logicalType: string
                                                quality:
                                                  - {metric: nullValues, mustBe: 0}
                                                  - {metric: nullValues, mustBeLessThan: 9}
                                        """));
        assertEquals(
                List.of("nullValues(a)", "nullValues(a)-2"),
                contract.tables().getFirst().columns().getFirst().quality().stream()
                        .map(QualityRule::name)
                        .toList());
    }

    @Test
    void saysWhereAndWhatAndTheWayOut() {
        Finding wrong =
                only(
                        TestData.yaml(
                                HEAD
                                        + """
                                        schema:
                                          - name: t
                                            properties:
                                              - name: a
                                                logicalType: strin
                                        """));
        assertEquals(new Position(10, 22), wrong.at());
        assertEquals("/schema/0/properties/0/logicalType", wrong.pointer());
        assertEquals("enum", wrong.keyword());
        assertTrue(wrong.message().contains("'strin' is not allowed"), wrong.message());
        assertTrue(wrong.message().contains("did you mean 'string'"), wrong.message());
    }

    @Test
    void aNumberWhereTextMustStandIsToBeQuoted() {
        Finding wrong = only(TestData.yaml(HEAD.replace("1.2.3", "1.0")));
        assertEquals("/version", wrong.pointer());
        assertTrue(wrong.message().contains("put it in quotes"), wrong.message());
    }

    @Test
    void anUnknownFieldIsKeptInTheBytesAndReported() throws IOException {
        String text = HEAD + "stauts: x\nchange_management: {a: 1}\n";
        Source source = TestData.yaml(text);
        List<Finding> errors = ContractReader.check(source).errors();
        assertEquals(2, errors.size(), errors::toString);
        assertTrue(errors.getFirst().message().contains("did you mean 'status'"));
        assertTrue(errors.get(1).message().contains("customProperties"));
        assertArrayEquals(text.getBytes("UTF-8"), source.bytes());
    }

    @Test
    void oneFindingForAnAlternative() {
        Finding wrong = only(TestData.yaml(HEAD + "team: 7\n"));
        assertEquals("/team", wrong.pointer());
        assertTrue(wrong.message().contains("a mapping or a list"), wrong.message());
    }

    @Test
    void versionThreeTwoKnowsItsAdditionsAndWarnsOfOthers() {
        Source source =
                TestData.yaml(
                        HEAD.replace("v3.1.0", "v3.2.0")
                                + """
                                context: {instructions: be kind}
                                somethingNew: 1
                                schema:
                                  - name: t
                                    synonyms: [{synonym: tt}]
                                    properties:
                                      - name: s
                                        logicalType: string
                                        semanticType: dimension
                                        deprecated: true
                                        enum: [{value: a, label: A}, {value: b}]
                                      - name: m
                                        logicalType: map
                                        map: {key: {logicalType: string}, value: {logicalType: integer}}
                                      - name: v
                                        logicalType: vector
                                        logicalTypeOptions: {dimensions: 3, elementType: float32}
                                """);
        Checked checked = ContractReader.check(source);
        assertTrue(checked.valid(), checked.findings()::toString);
        assertEquals(
                1,
                checked.warnings().stream()
                        .filter(f -> f.pointer().equals("/somethingNew"))
                        .count());
        TableContract table = ContractReader.model(checked).tables().getFirst();
        assertEquals(List.of("a", "b"), table.columns().getFirst().constraints().allowedValues());
        assertEquals(
                new ColumnType.MapOf(Primitive.STRING, Primitive.LONG, false),
                table.columns().get(1).type());
        assertEquals(new ColumnType.ListOf(Primitive.FLOAT, true), table.columns().get(2).type());
    }

    @Test
    void versionThreeTwoStillHoldsToItsRules() {
        String property =
                HEAD.replace("v3.1.0", "v3.2.0")
                        + "schema: [{name: t, properties: [{name: a, %s}]}]\n";
        assertEquals(
                "required",
                only(TestData.yaml(String.format(property, "logicalType: map"))).keyword());
        assertEquals(
                "required",
                only(TestData.yaml(String.format(property, "logicalType: vector"))).keyword());
        assertEquals(
                "uniqueItems",
                only(TestData.yaml(String.format(property, "enum: [{value: 1}, {value: 1}]")))
                        .keyword());
    }

    @Test
    void foreignKindsAndVersionsAreNamed() {
        assertFalse(ContractReader.check(TestData.yaml("kind: Pod\n")).valid());
        assertEquals(
                Optional.empty(),
                ContractReader.check(TestData.yaml("dataContractSpecification: 1.2.1\nid: a\n"))
                        .standard());
        assertTrue(
                only(TestData.yaml(HEAD.replace("v3.1.0", "3.1.0")))
                        .message()
                        .contains("write v3.1.0"));
        assertEquals("apiVersion", only(TestData.yaml(HEAD.replace("v3.1.0", "v9.0.0"))).keyword());
        assertEquals("kind", only(TestData.yaml("- a\n- b\n")).keyword());
    }

    @Test
    void anInvalidContractIsAProblemWithEveryFinding() {
        Problem problem =
                assertThrows(
                        Problem.class,
                        () ->
                                ContractReader.read(
                                        TestData.yaml("kind: DataContract\napiVersion: v3.1.0\n")));
        assertEquals(ProblemCode.INVALID_CONTRACT, problem.code());
        assertEquals(3, ((List<?>) problem.details().getOrDefault("findings", List.of())).size());
        assertTrue(problem.message().contains("test.yaml:1:1"), problem.message());
    }

    @Test
    void productsAreReadLikewise() {
        Path examples = TestData.path("odps/docs/examples");
        Checked simple =
                ProductReader.check(
                        TestData.source(examples.resolve("simple-data-product.odps.yaml")));
        assertTrue(simple.valid(), simple.findings()::toString);
        assertFalse(ProductReader.model(simple).outputPorts().isEmpty());
        Checked newer =
                ProductReader.check(
                        TestData.source(examples.resolve("customer-data-product.odps.yaml")));
        // It declares v0.9.0 and uses what came with v1.0.0; so the published schema says too.
        assertTrue(
                newer.errors().stream().anyMatch(error -> error.pointer().equals("/team")),
                newer.errors()::toString);
    }

    @Test
    void aContractOfVersionTwoIsValidatedButNotServed() {
        Source source =
                TestData.source(
                        TestData.path("odcs/examples-v2.2.2/docs/examples/all/full-example.yaml"));
        assertTrue(ContractReader.check(source).valid());
        assertThrows(Problem.class, () -> ContractReader.read(source));
    }
}
