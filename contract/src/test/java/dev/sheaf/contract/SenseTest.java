package dev.sheaf.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// What the standard allows and nobody means: said, but not held against the contract.
final class SenseTest {
    private static final String HEAD =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: x
            version: 1.0.0
            status: active
            schema:
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: t, properties: [{name: a, logicalType: string}, {name: A, logicalType:"
                        + " string}]}] | sheaf.duplicate",
                "[{name: t, properties: [{name: a, logicalType: date}]}, {name: t, properties:"
                        + " [{name: b, logicalType: date}]}] | sheaf.duplicate",
                "[{name: t, properties: [{name: a, logicalType: date, primaryKey: true,"
                        + " primaryKeyPosition: 2}]}] | sheaf.position",
                "[{name: t, properties: [{name: a, logicalType: date, primaryKey: true,"
                        + " primaryKeyPosition: 0}]}] | sheaf.position",
                "[{name: t, properties: [{name: a}]}] | sheaf.type",
                "[{name: t, properties: [{name: a, physicalType: geography}]}] | sheaf.type",
                "[{name: t}] | sheaf.empty",
                "[{name: t, properties: [{name: a, logicalType: string, logicalTypeOptions:"
                        + " {minLength: 9, maxLength: 3}}]}] | sheaf.impossible",
                "[{name: t, properties: [{name: a, logicalType: string, logicalTypeOptions:"
                        + " {pattern: '[a'}}]}] | sheaf.pattern",
                "[{name: t, properties: [{name: a, logicalType: date, quality: [{metric:"
                        + " nullValues, mustBeLessThan: 0}]}]}] | sheaf.impossible",
                "[{name: t, properties: [{name: a, logicalType: date, quality: [{metric:"
                    + " nullValues, unit: percent, mustBeGreaterThan: 100}]}]}] | sheaf.impossible",
                "[{name: t, properties: [{name: a, logicalType: date, quality: [{metric: rowCount,"
                        + " mustBeBetween: [9, 3]}]}]}] | sheaf.impossible",
                "[{name: t, properties: [{name: a, logicalType: date, quality: [{metric:"
                        + " nullValues, mustBe: some}]}]}] | sheaf.rule",
                "[{name: t, properties: [{name: a, logicalType: date, relationships: [{to:"
                        + " u.a}]}]}] | sheaf.relationship",
                "[{name: t, properties: [{name: a, logicalType: date, relationships: [{to:"
                        + " t.z}]}]}] | sheaf.relationship",
                "[{name: t, properties: [{name: a, logicalType: date, relationships: [{to:"
                        + " u.a}]}]}, {name: u, properties: [{name: a, logicalType: date,"
                        + " relationships: [{to: t.a}]}]}] | sheaf.relationship",
                "[{name: t, relationships: [{from: [t.a, t.b], to: [t.a]}], properties: [{name: a,"
                    + " logicalType: date}, {name: b, logicalType: date}]}] | sheaf.relationship",
            })
    void isSaid(String schema, String keyword) {
        Checked checked = ContractReader.check(TestData.yaml(HEAD + "  " + schema + "\n"));
        assertTrue(checked.valid(), checked.findings()::toString);
        assertEquals(
                List.of(keyword),
                checked.warnings().stream().map(Finding::keyword).toList(),
                checked.findings()::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: t, properties: [{name: a, logicalType: date, primaryKey: true}]}]",
                "[{name: t, id: tid, properties: [{name: a, id: aid, logicalType: date,"
                        + " relationships: [{to: /schema/tid/properties/aid}]}]}]",
                "[{name: t, properties: [{name: a, logicalType: date, quality: [{metric:"
                        + " nullValues, mustBe: 0}]}]}]",
            })
    void isNotSaidWithoutCause(String schema) {
        Checked checked = ContractReader.check(TestData.yaml(HEAD + "  " + schema + "\n"));
        assertEquals(List.of(), checked.findings());
    }
}
