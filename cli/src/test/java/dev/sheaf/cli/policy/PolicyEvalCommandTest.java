package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

final class PolicyEvalCommandTest {
    private static final String SALES =
            """
            package sales

            default allow := false

            allow if input.user in data.teams.sales

            grade(x) := "high" if x > 2

            owner contains user if some user in data.teams.sales
            """;

    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void layDownAPolicy() throws IOException {
        rig =
                new PolicyRig(folder)
                        .write("mesh/sales.rego", SALES)
                        .write("mesh/teams/members.json", "{\"sales\": [\"ann\", \"bob\"]}");
    }

    @Test
    void aValueAloneIsPrintedAsJson() {
        assertEquals(0, rig.run("eval", "--data", "mesh", "data.sales.owner"));
        assertEquals("[ \"ann\", \"bob\" ]\n", rig.out());
    }

    @Test
    void falseIsAnAnswerAndUndefinedIsNone() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "data.sales.allow"));
        assertEquals("false\n", rig.out());
        assertEquals(1, rig.run("eval", "-d", "mesh", "data.sales.nothing"));
        assertEquals("undefined\n", rig.out());
        assertEquals(1, rig.run("eval", "x := 1; x > 1"));
        assertEquals(1, rig.run("eval", "not true"));
        assertEquals(1, rig.run("eval", "[false][_]"));
    }

    @Test
    void bindingsAreATable() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "data.teams.sales[i] = user"));
        assertEquals(
                """
                i  user
                -  -----
                0  "ann"
                1  "bob"
                """,
                rig.out());
        assertEquals(0, rig.run("eval", "x := [1, false, 3][_]; x"));
        assertEquals("x\n-\n1\n3\n", rig.out());
    }

    @Test
    void valuesOfExpressionsStandBesideBindings() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "x := 3; data.sales.grade(x); 1 + x"));
        assertEquals(
                """
                x  data.sales.grade(x)  1 + x
                -  -------------------  -----
                3  "high"               4
                """,
                rig.out());
    }

    @Test
    void aResultAsTheLastArgumentIsNoValue() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "plus(1, 2, x); data.sales.grade(7, y)"));
        assertEquals("x  y\n-  ------\n3  \"high\"\n", rig.out());
        assertEquals(0, rig.run("eval", "print(\"seen\")"));
        assertEquals("true\n", rig.out());
        assertEquals("seen\n", rig.err());
    }

    @Test
    void jsonHasOpasResultBesideOurs() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "--json", "data.teams.sales[i]; print(i)"));
        assertTrue(rig.json().path("defined").asBoolean());
        assertEquals(2, rig.json().path("result").size());
        assertEquals("bob", rig.json().at("/result/1/expressions/0/value").asString());
        assertEquals(
                "data.teams.sales[i]", rig.json().at("/result/1/expressions/0/text").asString());
        assertEquals(22, rig.json().at("/result/1/expressions/1/location/col").asInt());
        assertEquals("{\"i\":1}", rig.json().at("/result/1/bindings").toString());
        assertEquals("[\"0\",\"1\"]", rig.json().path("notes").toString());
        assertEquals(1, rig.run("eval", "--json", "input.x"));
        assertFalse(rig.json().path("defined").asBoolean());
        assertEquals(0, rig.json().path("result").size());
    }

    @Test
    void theInputIsAFileOrStandardInputInJsonOrYaml() throws IOException {
        rig.write("ann.json", "{\"user\": \"ann\"}").write("bob.yaml", "user: bob\n");
        String[] files = {"ann.json", "bob.yaml"};
        for (String file : files) {
            assertEquals(0, rig.run("eval", "-d", "mesh", "-i", file, "data.sales.allow"));
            assertEquals("true\n", rig.out(), file);
        }
        rig.input("{\"user\": \"ann\"}");
        rig.run("eval", "-d", "mesh", "--input", "-", "data.sales.allow");
        assertEquals("true\n", rig.out());
        rig.input("user: eve").run("eval", "-d", "mesh", "--input", "-", "data.sales.allow");
        assertEquals("false\n", rig.out());
        assertEquals(1, rig.input("{]").run("eval", "-i", "-", "input"));
        assertTrue(rig.err().startsWith("error: standard input: no JSON: "), rig.err());
    }

    @Test
    void documentsLieAtTheirFoldersPath() throws IOException {
        rig.write("tree/top.yaml", "a: {b: 1}\n")
                .write("tree/a/more.json", "{\"c\": 2}")
                .write("tree/a/d/list.json", "[3]")
                .write("tree/.git/x.json", "{\"hidden\": true}");
        rig.run("eval", "--data", "tree", "--json", "data");
        assertEquals(
                "{\"a\":{\"b\":1,\"c\":2,\"d\":[3]}}",
                rig.json().at("/result/0/expressions/0/value").toString());
        rig.run("eval", "--data", "tree/a/more.json", "--json", "data");
        assertEquals("{\"c\":2}", rig.json().at("/result/0/expressions/0/value").toString());
    }

    @Test
    void documentsThatContradictEachOtherAreRefused() throws IOException {
        rig.write("one.json", "{\"a\": {\"b\": 1}}").write("two.json", "{\"a\": {\"b\": 2}}");
        assertEquals(2, rig.run("eval", "-d", "one.json", "-d", "two.json", "data"));
        assertTrue(rig.err().contains("'two.json' gives data.a.b, which another"), rig.err());
        assertEquals(0, rig.run("eval", "-d", "one.json", "-d", "./one.json", "data"));
        rig.write("list.json", "[]");
        assertEquals(2, rig.run("eval", "-d", "list.json", "data"));
        assertTrue(rig.err().contains("holds an array, but lies at the root"), rig.err());
    }

    @Test
    void aRuleAndADocumentCannotShareAPath() throws IOException {
        rig.write("own.json", "{\"sales\": {\"allow\": true}}");
        assertEquals(1, rig.run("eval", "-d", "mesh", "-d", "own.json", "data.sales.allow"));
        assertTrue(rig.err().contains("mesh/sales.rego:3:1: rego_compile_error:"), rig.err());
        assertTrue(rig.err().contains("for data path sales/allow found"), rig.err());
    }

    @Test
    void yamlWordsMeanWhatOpaTakesThemFor() throws IOException {
        rig.write(
                "words.yaml",
                """
                words: [2020-01-01, yes, off, 1:30, "true", true, ~, 010, 1e3, .5, 0x1F, 1_000]
                bytes: !!binary aGk=
                """);
        rig.run("eval", "-d", "words.yaml", "--json", "data");
        assertEquals(
                "{\"bytes\":\"hi\",\"words\":[\"2020-01-01\",\"yes\",\"off\",\"1:30\",\"true\",true,"
                    + "null,8,1000,0.5,31,1000]}",
                rig.json().at("/result/0/expressions/0/value").toString());
    }

    @Test
    void whatIsWrongIsShownWithItsLine() throws IOException {
        assertEquals(1, rig.run("eval", "x := ; y"));
        assertEquals(
                """
                error: 1 fault in the policy
                query:1:6: rego_parse_error: unexpected ; token
                    x := ; y
                         ^
                """,
                rig.err());
        rig.write("a.rego", "package a\n\nb := 1 +\n").write("c.rego", "package c\n\nallow {\n}");
        assertEquals(1, rig.run("eval", "-d", "a.rego", "-d", "c.rego", "--json", "data"));
        assertEquals("INVALID_POLICY", rig.problem().path("code").asString());
        assertEquals(422, rig.problem().path("status").asInt());
        assertEquals("a.rego", rig.problem().at("/diagnostics/0/file").asString());
        assertEquals("c.rego", rig.problem().at("/diagnostics/1/file").asString());
        assertEquals(3, rig.problem().at("/diagnostics/1/line").asInt());
    }

    @Test
    void contradictionsAndLimitsAreProblems() throws IOException {
        rig.write("two.rego", "package two\n\nx := 1 if true\n\nx := 2 if true\n");
        assertEquals(1, rig.run("eval", "-d", "two.rego", "data.two.x", "--json"));
        assertEquals("INVALID_POLICY", rig.problem().path("code").asString());
        assertEquals("eval_conflict_error", rig.problem().path("policyCode").asString());
        String large = "count([1 | numbers.range(1, 100000)[_]; numbers.range(1, 1000)[_]])";
        assertEquals(1, rig.run("eval", "--values-max", "1000", large, "--json"));
        assertEquals("LIMIT_EXCEEDED", rig.problem().path("code").asString());
        assertEquals(1, rig.run("eval", "--timeout", "0.05", large));
        assertEquals(
                "error: eval_cancel_error: the evaluation was ended: more than 50 ms\n", rig.err());
        assertEquals(2, rig.run("eval", "--timeout", "0", "true"));
    }

    @Test
    void functionsThatFailAreUndefinedUnlessErrorsAreStrict() {
        assertEquals(1, rig.run("eval", "to_number(\"x\")"));
        assertEquals("undefined\n", rig.out());
        assertEquals(1, rig.run("eval", "--strict-errors", "to_number(\"x\")"));
        assertTrue(rig.err().contains("eval_builtin_error"), rig.err());
    }

    @Test
    void explainPrintsTheTraceBeforeTheAnswer() {
        assertEquals(0, rig.run("eval", "-d", "mesh", "--explain", "data.sales.allow"));
        assertTrue(rig.out().contains("fail  allow if input.user in data.teams.sales"), rig.out());
        assertTrue(rig.out().contains("eval  data.sales.allow"), rig.out());
        assertTrue(rig.out().endsWith("\n\nfalse\n"), rig.out());
        rig.run("eval", "-d", "mesh", "--explain", "data.sales.allow", "--json");
        assertTrue(rig.json().path("explanation").size() > 2, rig.out());
        rig.run("eval", "-d", "mesh", "data.sales.allow", "--json");
        assertFalse(rig.json().has("explanation"), rig.out());
    }

    @Test
    void theClockAndRandomnessAreThereTheNetworkIsNot() {
        assertEquals(0, rig.run("eval", "time.now_ns() > 1700000000000000000"));
        assertEquals(0, rig.run("eval", "rand.intn(\"a\", 10) < 10"));
        String lookup = "net.lookup_ip_addr(\"localhost\")";
        assertEquals(1, rig.run("eval", lookup));
        assertTrue(rig.err().contains("needs the capability NETWORK"), rig.err());
        assertEquals(1, rig.run("eval", "--allow-network", lookup));
        assertEquals("undefined\n", rig.out());
        assertEquals(1, rig.run("eval", "opa.runtime()"));
        assertEquals(0, rig.run("eval", "--allow-runtime", "opa.runtime()"));
        assertEquals("{ }\n", rig.out());
    }

    @Test
    void theOldDialectIsReadOnRequest() throws IOException {
        rig.write("old.rego", "package old\n\nallow { input.x == 1 }\n");
        rig.input("{\"x\": 1}");
        assertEquals(0, rig.run("eval", "--v0", "-d", "old.rego", "-i", "-", "data.old.allow"));
        assertEquals("true\n", rig.out());
        assertEquals(1, rig.run("eval", "-d", "old.rego", "-i", "-", "data.old.allow"));
        assertTrue(rig.err().contains("`if` keyword is required"), rig.err());
    }

    @Test
    void placesThatCannotBeReadAreNamed() throws IOException {
        assertEquals(2, rig.run("eval", "-d", "none.rego", "true"));
        assertEquals("error: there is no file or folder 'none.rego'\n", rig.err());
        rig.write("notes.txt", "x");
        assertEquals(2, rig.run("eval", "-d", "notes.txt", "true"));
        assertTrue(rig.err().contains("neither a policy (.rego) nor a document"), rig.err());
        Files.write(folder.resolve("latin.rego"), "é".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(2, rig.run("eval", "-d", "latin.rego", "true"));
        assertEquals("error: 'latin.rego' is not text in UTF-8\n", rig.err());
        assertEquals(2, rig.run("eval"));
    }

    @Test
    void textThatWouldSteerATerminalIsSpelledOut() throws IOException {
        rig.write("evil.rego", "package a\n\nb := \"\u001b[31m\" +\n");
        assertEquals(1, rig.run("eval", "-d", "evil.rego", "true"));
        assertFalse(rig.err().contains("\u001b"), rig.err());
        assertEquals(0, rig.run("eval", "print(\"\\u001b[2J\")"));
        assertEquals("\\u001b[2J\n", rig.err());
    }

    @Test
    void manyResultsComeInTheirOrder() {
        assertEquals(0, rig.run("eval", "numbers.range(1, 3)[_] = x"));
        assertEquals(
                "x\n-\n"
                        + String.join(
                                "", IntStream.rangeClosed(1, 3).mapToObj(x -> x + "\n").toList()),
                rig.out());
    }
}
