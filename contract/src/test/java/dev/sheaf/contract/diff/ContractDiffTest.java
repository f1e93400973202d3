package dev.sheaf.contract.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.diff.Change.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

final class ContractDiffTest {
    private static DataContract contract(String version, String properties) {
        String text =
                "apiVersion: v3.1.0\nkind: DataContract\nid: c\nstatus: active\nversion: "
                        + version
                        + "\nschema:\n  - name: t\n    properties: ["
                        + properties
                        + "]\n";
        return ContractReader.read(new Source("c", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ContractDiff diff(String from, String to) {
        return ContractDiff.between(contract("1.4.2", from), contract("1.4.2", to));
    }

    /// Options of a column, before and after, and what that is.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logicalType: integer, physicalType: int | logicalType: integer, physicalType:"
                        + " bigint | TYPE_WIDENED | BACKWARD",
                "logicalType: integer, physicalType: bigint | logicalType: integer, physicalType:"
                        + " int | TYPE_NARROWED | BREAKING",
                "logicalType: string | logicalType: integer | TYPE_CHANGED | BREAKING",
                "physicalType: 'decimal(9,2)' | physicalType: 'decimal(18,2)' | TYPE_WIDENED |"
                        + " BACKWARD",
                "physicalType: 'decimal(9,2)' | physicalType: 'decimal(18,4)' | TYPE_CHANGED |"
                        + " BREAKING",
                "physicalType: 'struct<a:int>' | physicalType: 'struct<a:int,b:int>' | COLUMN_ADDED"
                        + " | BACKWARD",
                "physicalType: 'array<struct<a:int,b:int>>' | physicalType: 'array<struct<a:int>>'"
                        + " | COLUMN_REMOVED | BREAKING",
                "physicalType: 'map<string,int>' | physicalType: 'map<string,bigint>' |"
                        + " TYPE_WIDENED | BACKWARD",
                "logicalType: string | logicalType: string, required: true | REQUIRED_ADDED |"
                        + " FORWARD",
                "logicalType: string, required: true | logicalType: string | REQUIRED_DROPPED |"
                        + " BREAKING",
                "logicalType: string, unique: true | logicalType: string | UNIQUE_DROPPED |"
                        + " BREAKING",
                "logicalType: string | logicalType: string, unique: true | UNIQUE_ADDED | FORWARD",
                "logicalType: string, primaryKey: true, primaryKeyPosition: 1 | logicalType: string"
                        + " | PRIMARY_KEY_DROPPED | BREAKING",
                "logicalType: string | logicalType: string, primaryKey: true, primaryKeyPosition: 1"
                        + " | PRIMARY_KEY_ADDED | FORWARD",
                "logicalType: date | logicalType: date, partitioned: true, partitionKeyPosition: 1"
                        + " | PARTITIONING_CHANGED | BACKWARD",
                "logicalType: string, logicalTypeOptions: {maxLength: 9} | logicalType: string,"
                        + " logicalTypeOptions: {maxLength: 5} | CONSTRAINT_TIGHTENED | FORWARD",
                "logicalType: string, logicalTypeOptions: {maxLength: 9} | logicalType: string |"
                        + " CONSTRAINT_RELAXED | BACKWARD",
                "logicalType: number, logicalTypeOptions: {minimum: 0} | logicalType: number,"
                        + " logicalTypeOptions: {minimum: -1} | CONSTRAINT_RELAXED | BACKWARD",
                "logicalType: string, logicalTypeOptions: {pattern: a} | logicalType: string,"
                        + " logicalTypeOptions: {pattern: b} | CONSTRAINT_CHANGED | FORWARD",
                "logicalType: string, physicalName: a | logicalType: string, physicalName: b |"
                        + " PHYSICAL_NAME_CHANGED | FORWARD",
                "logicalType: string, classification: a | logicalType: string, classification: b |"
                        + " CLASSIFICATION_CHANGED | BACKWARD",
                "logicalType: string, description: a | logicalType: string, description: b |"
                        + " TEXT_CHANGED | COSMETIC",
                "logicalType: string, examples: [a] | logicalType: string, examples: [b] |"
                        + " TEXT_CHANGED | COSMETIC",
                "logicalType: string, physicalType: varchar(9) | logicalType: string, physicalType:"
                        + " text | TEXT_CHANGED | COSMETIC",
                "quality: [{metric: nullValues, mustBeLessThan: 5}] | quality: [{metric:"
                        + " nullValues, mustBeLessThan: 1}] | QUALITY_TIGHTENED | FORWARD",
                "quality: [{metric: nullValues, mustBeLessThan: 5}] | quality: [{metric:"
                        + " nullValues, mustBeLessThan: 9}] | QUALITY_RELAXED | BACKWARD",
                "quality: [{metric: rowCount, mustBeBetween: [1, 9]}] | quality: [{metric:"
                        + " rowCount, mustBeBetween: [2, 8]}] | QUALITY_TIGHTENED | FORWARD",
                "quality: [{metric: nullValues, mustBe: 0}] | logicalType: string | QUALITY_REMOVED"
                        + " | BACKWARD",
                "logicalType: string | logicalType: string, quality: [{metric: nullValues, mustBe:"
                        + " 0}] | QUALITY_ADDED | FORWARD",
                "quality: [{metric: nullValues, mustBe: 0, severity: warning}] | quality: [{metric:"
                        + " nullValues, mustBe: 0, severity: error}] | QUALITY_TIGHTENED | FORWARD",
            })
    void classesEachChangeOfAColumn(String from, String to, Kind kind, Impact impact) {
        List<Change> changes = diff("{name: a, " + from + "}", "{name: a, " + to + "}").changes();
        Change change =
                changes.stream()
                        .filter(each -> each.kind() == kind)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(changes.toString()));
        assertEquals(impact, change.impact());
        assertFalse(change.reason().isBlank());
    }

    @Test
    void columnsComeAndGoAndAreRenamed() {
        String old = "{name: a, logicalType: string}, {name: b, logicalType: string}";
        assertEquals(
                Kind.COLUMN_REMOVED,
                diff(old, "{name: a, logicalType: string}").changes().getFirst().kind());
        ContractDiff added = diff("{name: a, logicalType: string}", old);
        assertEquals(
                List.of(Impact.BACKWARD), added.changes().stream().map(Change::impact).toList());
        ContractDiff required =
                diff(
                        "{name: a, logicalType: string}",
                        "{name: a, logicalType: string}, {name: b, logicalType: string, required:"
                                + " true}");
        assertEquals(Optional.of(Impact.FORWARD), required.impact());
        ContractDiff renamed =
                diff(
                        old,
                        "{name: a, logicalType: string}, {name: c, logicalType: string,"
                                + " customProperties: [{property: sheaf.was, value: b}]}");
        assertEquals(Kind.COLUMN_RENAMED, renamed.changes().getFirst().kind());
        assertTrue(
                renamed.changes().stream()
                        .noneMatch(change -> change.kind() == Kind.COLUMN_REMOVED));
    }

    @Test
    void enumerationsGrowAndShrink() {
        String values =
                "{name: a, logicalType: string, customProperties: [{property: sheaf.allowedValues,"
                        + " value: [%s]}]}";
        ContractDiff diff = diff(String.format(values, "x, y"), String.format(values, "y, z"));
        assertTrue(diff.changes().stream().anyMatch(change -> change.kind() == Kind.VALUES_ADDED));
        assertTrue(
                diff.changes().stream().anyMatch(change -> change.kind() == Kind.VALUES_REMOVED));
    }

    @Test
    void theSameContractHasNoChanges() {
        ContractDiff diff =
                diff("{name: a, logicalType: string}", "{name: a, logicalType: string}");
        assertEquals(List.of(), diff.changes());
        assertEquals(SemanticVersion.Bump.NONE, diff.bump());
        assertTrue(diff.versionSuffices());
    }

    @ParameterizedTest
    @CsvSource({
        "1.4.2,2.0.0,true",
        "1.4.2,1.5.0,false",
        "0.3.0,0.4.0,true",
        "0.3.0,0.3.1,false",
        "abc,abd,true",
        "abc,abc,false",
        "v1.0,2,true",
    })
    void aBreakingChangeNeedsANewMajorVersion(String from, String to, boolean suffices) {
        ContractDiff diff =
                ContractDiff.between(
                        contract("'" + from + "'", "{name: a, logicalType: string}"),
                        contract("'" + to + "'", "{name: b, logicalType: string}"));
        assertTrue(diff.breaking());
        assertEquals(suffices, diff.versionSuffices());
    }

    @Test
    void servicesAndServersAreCompared() {
        String text =
                "apiVersion: v3.1.0\nkind: DataContract\nid: c\nstatus: active\nversion: 1.0.0\n";
        DataContract from =
                read(text + "slaProperties: [{property: latency, value: 4, unit: h}]\n");
        DataContract to =
                read(text + "slaProperties: [{property: latency, value: 1, unit: d}]\ntags: [x]\n");
        ContractDiff diff = ContractDiff.between(from, to);
        assertEquals(
                List.of(Kind.SLA_RELAXED, Kind.TEXT_CHANGED),
                diff.changes().stream().map(Change::kind).toList());
        assertEquals(SemanticVersion.Bump.MINOR, diff.bump());
        assertEquals("1.1.0", diff.versionMin().orElseThrow().toString());
        assertEquals(
                Kind.SLA_TIGHTENED, ContractDiff.between(to, from).changes().getFirst().kind());
    }

    private static DataContract read(String text) {
        return ContractReader.read(new Source("c", text.getBytes(StandardCharsets.UTF_8)));
    }
}
