package dev.sheaf.governance.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.test.PolicyTests;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

final class PolicySourceTest {
    private static final String DECIDING = "package sheaf\ndecision := {\"allow\": true}\n";

    @Test
    void theStandardPackAsFilesIsTheStandardPack() {
        assertEquals(
                StandardPack.load().revision(), PolicySource.standardPack().compile().revision());
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        List<Diagnostic> faults =
                faults(
                        Map.of(
                                "a.rego", "package a\nallow if {",
                                "b.rego", "package b\nx := := 1",
                                "c/data.json", "{",
                                "d/data.yaml", "a: [",
                                "notes.txt", "",
                                "../up.rego", "package up",
                                "x.json", "{\"c\": 1}"));
        assertEquals(
                List.of(
                        "../up.rego",
                        "a.rego",
                        "b.rego",
                        "c/data.json",
                        "d/data.yaml",
                        "notes.txt"),
                faults.stream().map(each -> each.location().file()).distinct().sorted().toList(),
                Diagnostic.render(faults));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.rego",
                "/a.rego",
                "a//b.rego",
                ".a.rego",
                "a/.b/c.rego",
                "a\\b.rego",
                "a b.rego",
                "a.rego/",
                "",
                "a.txt",
                "é.rego",
                "a/../b.rego",
                "C:/a.rego"
            })
    void pathsThatCouldLeadElsewhereAreRefused(String path) {
        assertEquals(
                "sheaf_path_error",
                faults(Map.of("main.rego", DECIDING, path, "package a")).getFirst().code());
    }

    @Test
    void halfCharactersAreRefused() {
        assertEquals(
                List.of("rego_compile_error"), codes(Map.of("main.rego", DECIDING + "# \ud83d\n")));
    }

    @Test
    void aFileCannotBeWhereAFolderIs() {
        assertEquals(
                List.of("sheaf_path_error"),
                codes(Map.of("main.rego", DECIDING, "a.json", "{}", "a.json/b.json", "{}")));
    }

    @Test
    void documentsLieAtTheirFoldersAndAreMerged() {
        PolicySet set =
                source(
                                Map.of(
                                        "main.rego", DECIDING,
                                        "a/b/one.json", "{\"x\": 1}",
                                        "a/b/two.yaml", "y: [2]",
                                        "root.yml", "a: {c: three}"))
                        .compile();
        assertEquals(
                JsonValues.parse("{\"a\": {\"b\": {\"x\": 1, \"y\": [2]}, \"c\": \"three\"}}"),
                set.data());
    }

    @Test
    void documentsThatContradictEachOtherOrRulesAreRefused() {
        assertEquals(
                List.of("sheaf_data_error"),
                codes(Map.of("m.rego", DECIDING, "a.json", "{\"x\": 1}", "b.json", "{\"x\": 1}")));
        assertEquals(
                List.of("sheaf_data_error"), codes(Map.of("m.rego", DECIDING, "a.json", "[1]")));
        assertEquals(
                List.of("rego_compile_error"),
                codes(Map.of("m.rego", DECIDING, "a.json", "{\"sheaf\": {\"decision\": 1}}")));
        assertEquals(
                List.of("rego_compile_error"),
                codes(Map.of("m.rego", DECIDING, "a.json", "{\"sheaf\": 1}")));
    }

    @Test
    void aSetThatDecidesNothingIsRefused() {
        assertEquals(List.of("sheaf_decision_error"), codes(Map.of("a.rego", "package rules.a")));
        assertEquals(
                List.of("sheaf_decision_error"),
                codes(Map.of("a.rego", "package sheaf\ndecision(x) := x")));
        assertEquals(
                List.of("sheaf_decision_error"),
                codes(Map.of("a.json", "{\"sheaf\": {\"decision\": {\"allow\": true}}}")));
        source(Map.of("a.rego", "package sheaf.decision\nallow := true")).compile();
        source(Map.of("a.rego", "package sheaf\ndecision.allow := true")).compile();
    }

    @Test
    void whatOnlyAddsPackagesIsLaidOverThePack() {
        PolicySource whole =
                source(Map.of("sales.rego", "package domains.sales\npermit contains \"x\"\n"))
                        .withStandardPack();
        assertEquals(StandardPack.FILES.size() + 2, whole.files().size());
        assertEquals(StandardPack.settings(), whole.compile().data());
    }

    @Test
    void settingsAreLaidOverThoseOfThePackMemberByMember() {
        PolicySet set =
                source(
                                Map.of(
                                        "settings.yaml",
                                        "sheaf_settings: {qualityScore: 0.5, areas: {x: []}}"))
                        .withStandardPack()
                        .compile();
        assertEquals("0.5", String.valueOf(setting(set, "qualityScore")));
        assertEquals("true", String.valueOf(setting(set, "undecidedHolds")));
        ObjectValue areas = (ObjectValue) setting(set, "areas");
        assertTrue(areas.has(StringValue.of("gdpr")));
        assertTrue(areas.has(StringValue.of("x")));
    }

    @Test
    void aFileOfThePackIsNotReplacedUnnoticed() {
        PolicyFault fault =
                assertThrows(
                        PolicyFault.class,
                        () ->
                                source(Map.of("purpose.rego", "package rules.purpose"))
                                        .withStandardPack());
        assertEquals("sheaf_path_error", fault.diagnostics().getFirst().code());
    }

    @Test
    void modulesOfTheOldDialectAreTakenAsSuch() {
        Map<String, String> old =
                Map.of("a.rego", "package sheaf\ndecision = {\"allow\": true} { true }");
        PolicySource.of(old, RegoVersion.V0).compile();
        assertThrows(PolicyFault.class, () -> PolicySource.of(old, RegoVersion.V1).compile());
    }

    @Test
    void whatReachesOutsideIsRefused() {
        assertFalse(
                faults(
                                Map.of(
                                        "a.rego",
                                        DECIDING
                                                + "x := http.send({\"method\": \"get\", \"url\":"
                                                + " \"http://x\"})"))
                        .isEmpty());
    }

    @Test
    void whatIsNestedWithoutEndIsRefusedAndNotDiedOf() {
        String deep = "package a\nx := " + "[".repeat(200_000) + "]".repeat(200_000);
        assertFalse(faults(Map.of("m.rego", DECIDING, "a.rego", deep)).isEmpty());
        String json = "[".repeat(200_000) + "]".repeat(200_000);
        assertFalse(faults(Map.of("m.rego", DECIDING, "a/a.json", json)).isEmpty());
        assertFalse(faults(Map.of("m.rego", DECIDING, "a/a.yaml", json)).isEmpty());
    }

    @Test
    void testsOfASetAreRunAndEndlessOnesAreEnded() {
        PolicySet set =
                source(
                                Map.of(
                                        "m.rego",
                                        DECIDING,
                                        "m_test.rego",
                                        """
                                        package sheaf_test
                                        test_good if data.sheaf.decision.allow
                                        test_bad if not data.sheaf.decision.allow
                                        test_endless if {
                                            some i in numbers.range(1, 100000)
                                            some j in numbers.range(1, 100000)
                                            i * j < 0
                                        }
                                        """))
                        .compile();
        PolicyTests.Report report =
                new PolicyTrial(() -> 0, System::nanoTime, new Random(1)).run(set);
        assertFalse(report.isPassed());
        assertEquals(
                List.of("Passed", "Failed", "Broken"),
                report.tests().stream()
                        .map(test -> test.outcome().getClass().getSimpleName())
                        .toList());
    }

    @Test
    void tenThousandRulesLoadQuickly() {
        StringBuilder rules = new StringBuilder("package rules.many\n");
        for (int i = 0; i < 10_000; i++) {
            rules.append("deny contains \"many.")
                    .append(i)
                    .append("\" if {\n\tinput.subject.id == \"user-")
                    .append(i)
                    .append("\"\n\tinput.resource.domain == \"domain-")
                    .append(i % 100)
                    .append("\"\n}\n\n");
        }
        PolicySource source = source(Map.of("many.rego", rules.toString())).withStandardPack();
        long began = System.nanoTime();
        source.compile();
        long millis = (System.nanoTime() - began) / 1_000_000;
        System.out.println("10,000 rules loaded in " + millis + " ms");
        assertTrue(millis < 10_000, millis + " ms");
    }

    private static Value setting(PolicySet set, String name) {
        ObjectValue settings =
                (ObjectValue) Objects.requireNonNull(set.data().get("sheaf_settings"));
        return Objects.requireNonNull(settings.get(name));
    }

    private static PolicySource source(Map<String, String> files) {
        return PolicySource.of(files, RegoVersion.V1);
    }

    private static List<Diagnostic> faults(Map<String, String> files) {
        return assertThrows(PolicyFault.class, () -> source(files).compile()).diagnostics();
    }

    private static List<String> codes(Map<String, String> files) {
        return faults(files).stream().map(Diagnostic::code).toList();
    }
}
