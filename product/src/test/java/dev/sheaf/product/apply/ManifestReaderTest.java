package dev.sheaf.product.apply;

import static dev.sheaf.product.apply.Samples.contract;
import static dev.sheaf.product.apply.Samples.domain;
import static dev.sheaf.product.apply.Samples.product;
import static dev.sheaf.product.apply.Samples.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.product.SourceFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

final class ManifestReaderTest {

    private static List<String> faults(Source... sources) {
        return ManifestReader.read(List.of(sources)).findings().stream()
                .map(ManifestFinding::toString)
                .toList();
    }

    private static void assertFault(String expected, Source... sources) {
        List<String> faults = faults(sources);
        assertTrue(faults.stream().anyMatch(f -> f.contains(expected)), faults.toString());
    }

    private static Source withProperty(String property, String value) {
        return product(
                "sales",
                "orders",
                "customProperties:\n  - property: " + property + "\n    value: " + value + "\n");
    }

    @Test
    void readsADomainInYamlAndInJson() {
        Source json =
                source(
                        "d.json",
                        """
                        {"apiVersion": "sheaf.dev/v1", "kind": "Domain", "name": "hr",
                         "homeRegion": "gcp/europe-west1", "owner": "hr", "description": "People"}
                        """);
        Manifests manifests = ManifestReader.read(List.of(domain("sales"), json));
        assertEquals(List.of(), manifests.findings());
        assertEquals("sales", manifests.domains().getFirst().name().value());
        assertEquals(Optional.of("People"), manifests.domains().getLast().description());
        assertEquals(json, manifests.domains().getLast().source());
    }

    @Test
    void reportsEveryFaultOfEveryFileAtOnceWithItsPlace() {
        List<String> faults =
                faults(
                        source(
                                "bad.yaml",
                                """
                                apiVersion: sheaf.dev/v1
                                kind: Domain
                                name: Sales!
                                homeregion: aws
                                owner: 7
                                """),
                        source("worse.yaml", "kind: Dmain\n"));
        assertEquals(5, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("bad.yaml:4:1: error: "), faults.get(0));
        assertTrue(faults.get(0).contains("did you mean 'homeRegion'?"), faults.get(0));
        assertTrue(faults.get(1).startsWith("bad.yaml:3:7: error: domain name 'Sales!'"));
        assertTrue(faults.get(2).contains("needs a 'homeRegion'"), faults.get(2));
        assertTrue(faults.get(3).startsWith("bad.yaml:5:8: error: "), faults.get(3));
        assertTrue(faults.get(4).startsWith("worse.yaml:1:7: error: "), faults.get(4));
        assertTrue(faults.get(4).contains("did you mean 'Domain'?"), faults.get(4));
    }

    @ParameterizedTest
    @CsvSource({"aws", "aws/", "/us-east-1", "AWS/us-east-1", "aws/us/east", "../etc"})
    void refusesAMalformedHomeRegion(String region) {
        assertFault("is not a region", domain("sales", region));
    }

    @ParameterizedTest
    @CsvSource({"../../etc", "a/b", ".hidden", "UPPER", "-x", "x-", "'a b'"})
    void refusesNamesThatCouldLeaveTheirFolder(String name) {
        assertFault("is not allowed", domain(name));
        assertFault("is not allowed", product("sales", name));
        assertFault("is not allowed", product(name, "orders"));
    }

    @Test
    void refusesWhatIsDeclaredTwice() {
        Source again = source("again.yaml", new String(domain("sales").bytes()));
        assertFault("domain sales is declared in sales.yaml too", domain("sales"), again);
        Source copy = source("copy.yaml", new String(product("sales", "orders").bytes()));
        assertFault("product sales.orders is declared in", product("sales", "orders"), copy);
        Source other = source("other.yaml", new String(contract("a", "b", "1.0.0", "x").bytes()));
        assertFault("contract a.b is declared in", contract("a", "b", "1.0.0", "x"), other);
    }

    @Test
    void aFileThatIsNoManifestIsAFault() {
        assertFault("there is no 'kind'", source("x.yaml", "a: 1\n"));
        assertFault("is a mapping", source("x.yaml", "- a\n"));
        assertEquals(1, faults(source("x.yaml", "a: [1,\n")).size());
        assertEquals(1, faults(source("x.yaml", "\0\0\0")).size());
    }

    @Test
    void aYamlBombIsRefusedQuickly() {
        StringBuilder bomb = new StringBuilder("kind: Domain\na0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertEquals(1, faults(source("bomb.yaml", bomb.toString())).size());
    }

    @Test
    void readsEveryPropertyOfAProduct() {
        Source all =
                product(
                        "sales",
                        "orders",
                        """
                        customProperties:
                          - property: sheaf.source
                            value:
                              format: CSV
                              delimiter: ";"
                              quote: ""
                              escape: "\\\\"
                              header: false
                              encoding: windows-1252
                              nullStrings: [NA, "-"]
                              skipLines: 2
                              comment: "#"
                              dateFormat: "%d.%m.%Y"
                              timestampFormat: "%d.%m.%Y %H:%M"
                              decimalSeparator: ","
                              columns: [a, b]
                              extraColumns: ignore
                          - {property: sheaf.transform, value: "SELECT a FROM input"}
                          - {property: sheaf.publish, value: {mode: replace, minScore: 0.8}}
                          - {property: sheaf.table, value: rows}
                          - {property: sheaf.location, value: "s3://bucket/orders"}
                          - {property: theirs.own, value: {any: thing}}
                        """);
        Manifests manifests = ManifestReader.read(List.of(all));
        assertEquals(List.of(), manifests.findings());
        PipelineSettings settings = manifests.products().getFirst().settings();
        assertEquals(
                new SourceFormat(
                        Optional.of("csv"),
                        Optional.of(";"),
                        Optional.of(""),
                        Optional.of("\\"),
                        Optional.of(false),
                        Optional.of("windows-1252"),
                        List.of("NA", "-"),
                        OptionalInt.of(2),
                        Optional.of("#"),
                        Optional.of("%d.%m.%Y"),
                        Optional.of("%d.%m.%Y %H:%M"),
                        Optional.of(","),
                        List.of("a", "b"),
                        true),
                settings.source());
        assertEquals(Optional.of("SELECT a FROM input"), settings.transform());
        assertEquals(CommitMode.REPLACE, settings.publish().mode());
        assertEquals(0.8, settings.publish().minScore());
        assertEquals(Optional.of("rows"), settings.table());
        assertEquals(Optional.of("s3://bucket/orders"), settings.location());
    }

    @ParameterizedTest
    @CsvSource({"tab", "'\\t'", "'\t'"})
    void aTabMayBeWrittenInThreeWays(String written) {
        Manifests manifests =
                ManifestReader.read(
                        List.of(withProperty("sheaf.source", "{delimiter: \"" + written + "\"}")));
        assertEquals(List.of(), manifests.findings());
        assertEquals(
                Optional.of("\t"), manifests.products().getFirst().settings().source().delimiter());
    }

    @Test
    void withoutPropertiesTheDefaultsHold() {
        Manifests manifests = ManifestReader.read(List.of(product("sales", "orders")));
        assertEquals(PipelineSettings.DEFAULT, manifests.products().getFirst().settings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sheaf.sorce    | {}                                   | did you mean 'sheaf.source'?
                    sheaf.source   | x                                    | must be a mapping
                    sheaf.source   | {delimeter: ","}                     | did you mean 'delimiter'?
                    sheaf.source   | {format: xml}                        | format 'xml' is not known
                    sheaf.source   | {format: jsn}                        | did you mean 'json'?
                    sheaf.source   | {format: parquet, delimiter: ","}    | means nothing for parquet
                    sheaf.source   | {quote: "ab"}                        | is one ASCII character
                    sheaf.source   | {delimiter: ";;"}                    | one ASCII character
                    sheaf.source   | {delimiter: "§"}                     | one ASCII character
                    sheaf.source   | {delimiter: ",", quote: ","}         | cannot be the same
                    sheaf.source   | {encoding: utf-99}                   | encoding 'utf-99' is not known
                    sheaf.source   | {skipLines: -1}                      | whole number
                    sheaf.source   | {skipLines: 1.5}                     | whole number
                    sheaf.source   | {header: "no"}                       | must be true or false
                    sheaf.source   | {header: true, columns: [a]}         | not both
                    sheaf.source   | {columns: [a, A]}                    | there twice
                    sheaf.source   | {columns: [1]}                       | a list of texts
                    sheaf.source   | {decimalSeparator: ";"}              | "." or ","
                    sheaf.transform| "  "                                 | not empty
                    sheaf.transform| 7                                    | not empty
                    sheaf.publish  | {mode: apend}                        | did you mean 'append'?
                    sheaf.publish  | {minScore: 95}                       | between 0 and 1
                    sheaf.publish  | {minscore: 0.9}                      | did you mean 'minScore'?
                    sheaf.location | /data/x                              | has no scheme
                    sheaf.location | "ftp://h/x"                          | has no scheme
                    sheaf.location | "s3://bucket/../other"               | may not climb
                    sheaf.location | "s3://key:secret@bucket/x"           | no password
                    sheaf.location | "a b"                                | is not a URI
                    sheaf.table    | ""                                   | not empty
                    """)
    void refusesPropertiesThatCannotBeMeant(String property, String value, String fault) {
        assertFault(fault, withProperty(property, value));
    }

    @Test
    void aPropertyStandsOnceAndHasAValue() {
        assertFault(
                "a second time",
                product(
                        "sales",
                        "orders",
                        """
                        customProperties:
                          - {property: sheaf.table, value: a}
                          - {property: sheaf.table, value: b}
                        """));
        assertFault("has no value", withProperty("sheaf.table", "null"));
    }

    @Test
    void misspeltPropertiesOfContractsAreFaultsToo() {
        Source contract =
                source(
                        "c.yaml",
                        """
                        apiVersion: v3.1.0
                        kind: DataContract
                        id: a.b
                        version: 1.0.0
                        status: active
                        schema:
                          - name: rows
                            properties:
                              - name: x
                                logicalType: string
                                customProperties:
                                  - property: sheaf.wass
                                    value: y
                        """);
        assertFault("did you mean 'sheaf.was'?", contract);
    }

    @Test
    void whatWouldProtectNothingIsAFaultOfContracts() {
        Source contract =
                source(
                        "c.yaml",
                        """
                        apiVersion: v3.1.0
                        kind: DataContract
                        id: a.b
                        version: 1.0.0
                        status: active
                        schema:
                          - name: rows
                            properties:
                              - {name: x, logicalType: string}
                            customProperties:
                              - {property: sheaf.residency, value: eu-west-1}
                        """);
        assertFault("write a list of regions, for example [aws/eu-west-1", contract);
    }

    @Test
    void aProductNeedsExactlyOneContract() {
        Source none =
                source(
                        "p.yaml",
                        """
                        apiVersion: v1.0.0
                        kind: DataProduct
                        id: a.b
                        name: b
                        domain: a
                        status: active
                        """);
        assertFault("needs an entry in 'outputPorts'", none);
        assertFault(
                "name several contracts",
                product("a", "b", "  - {name: second, version: 1.0.0, contractId: other}\n"));
    }

    @Test
    void thePublishedSchemaOfDomainsSaysTheSameAsTheReader() throws IOException {
        Path file = Examples.folder().resolveSibling("spec").resolve("domain.schema.json");
        JsonNode schema = JsonMapper.shared().readTree(Files.readString(file));
        TreeSet<String> properties = new TreeSet<>(schema.get("properties").propertyNames());
        for (String key : properties) {
            Source only = source("d.yaml", "kind: Domain\n" + key + ": x\n");
            if (!key.equals("kind")) {
                assertTrue(
                        faults(only).stream().noneMatch(f -> f.contains("has no '" + key + "'")),
                        key);
            }
        }
        for (JsonNode required : schema.get("required")) {
            String key = required.asString();
            String text =
                    new String(domain("sales").bytes()).replaceFirst("(?m)^" + key + ": .*\n", "");
            assertTrue(!faults(source("d.yaml", text)).isEmpty(), key);
        }
        assertEquals(
                "sheaf.dev/v1", schema.get("properties").get("apiVersion").get("const").asString());
    }
}
