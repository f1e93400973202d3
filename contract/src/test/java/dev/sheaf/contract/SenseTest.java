package dev.sheaf.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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

    private static List<String> protection(String schema) {
        return ContractReader.check(TestData.yaml(HEAD + "  " + schema + "\n")).warnings().stream()
                .filter(finding -> finding.keyword().equals(Finding.PROTECTION))
                .map(Finding::message)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sheaf.discoverable | 'yes please' | true or false",
                "sheaf.discoverable | 1 | true or false",
                "sheaf.residency | aws/eu-west-1 | a list of regions",
                "sheaf.residency | [] | an empty list; write a list of regions",
                "sheaf.residency | [AWS/eu-west-1] | is not a region",
                "sheaf.residency | [eu-west-1] | is not a region",
                "sheaf.residency | [7] | is not a region",
                "sheaf.retentionDays | '90 days' | a whole number of days",
                "sheaf.retentionDays | 0 | from 1 to 36500",
                "sheaf.retentionDays | 1.5 | a whole number",
                "sheaf.retentionDays | 99999999999 | a whole number",
                "sheaf.classification | true | a text",
                "sheaf.classification | ' ' | a text",
            })
    void whatWouldProtectNothingIsSaid(String property, String value, String expected) {
        List<String> found =
                protection(
                        "[{name: t, properties: [{name: a, logicalType: date}], customProperties:"
                                + " [{property: "
                                + property
                                + ", value: "
                                + (value.isBlank() ? "' '" : value)
                                + "}]}]");
        assertEquals(1, found.size(), found.toString());
        assertTrue(
                found.getFirst().contains(property) && found.getFirst().contains(expected),
                found.getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{name: t, properties: [{name: a, logicalType: date, customProperties: [{property:"
                        + " sheaf.classification, value: email}]}]}] | as a field of the property",
                "[{name: t, properties: [{name: a, logicalType: date, customProperties: [{property:"
                        + " sheaf.residency, value: [aws/eu-west-1]}]}]}] | move it to",
                "[{name: t, properties: [{name: a, logicalType: date, tags: [not_personal]}]}] |"
                        + " written not-personal",
                "[{name: t, properties: [{name: a, logicalType: date, classification: ''}]}] | is"
                        + " empty",
            })
    void whatStandsInTheWrongPlaceIsSaid(String schema, String expected) {
        List<String> found = protection(schema);
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.getFirst().contains(expected), found.getFirst());
    }

    @Test
    void whatProtectsIsFine() {
        assertEquals(
                List.of(),
                protection(
                        "[{name: t, properties: [{name: a, logicalType: date, classification:"
                                + " email, tags: [not-personal, x]}], customProperties: [{property:"
                                + " sheaf.residency, value: [aws/eu-west-1]}, {property:"
                                + " sheaf.retentionDays, value: 90}, {property: sheaf.discoverable,"
                                + " value: false}, {property: sheaf.classification, value:"
                                + " internal}, {property: other, value: 1}]}]"));
    }
}
