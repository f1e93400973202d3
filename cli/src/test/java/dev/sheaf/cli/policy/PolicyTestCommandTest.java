package dev.sheaf.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

final class PolicyTestCommandTest {
    private static final String SALES =
            """
            package sales

            allow if {
            \tinput.user in data.teams.sales
            \tprint("seen", input.user)
            }

            never(x) := y if {
            \ty := x + 1
            }
            """;

    private static final String GOOD =
            """
            package sales_test

            test_ann if data.sales.allow with input.user as "ann"

            test_eve if not data.sales.allow with input.user as "eve"
            """;

    private static final String BAD =
            """
            package bad_test

            test_eve if {
            \tprint("asking")
            \tdata.sales.allow with input.user as "eve"
            }

            test_two if f(1) == 1

            f(x) := 1 if x > 0

            f(x) := 2 if x > 0

            todo_test_later if false
            """;

    @TempDir private Path folder = Path.of("");
    private PolicyRig rig = new PolicyRig(folder);

    @BeforeEach
    void layDownAPolicyWithTests() throws IOException {
        rig =
                new PolicyRig(folder)
                        .write("p/sales.rego", SALES)
                        .write("p/teams/members.yaml", "sales: [ann]\n")
                        .write("p/sales_test.rego", GOOD);
    }

    private String withoutTimes() {
        return rig.out().replaceAll("[0-9.]+ ms", "N ms");
    }

    @Test
    void eachTestHasItsLine() {
        assertEquals(0, rig.run("test", "p"));
        assertEquals(
                """
                pass  data.sales_test.test_ann (N ms)
                pass  data.sales_test.test_eve (N ms)
                2 tests in N ms: 2 passed, 0 failed, 0 in error, 0 skipped
                """,
                withoutTimes());
        assertEquals(0, rig.run("test", "p", "--verbose"));
        assertTrue(rig.out().contains("\n      print: seen ann\n"), rig.out());
    }

    @Test
    void failuresComeWithTheirTraceAndWhatTheyPrinted() throws IOException {
        rig.write("p/bad_test.rego", BAD);
        assertEquals(1, rig.run("test", "p"));
        assertTrue(rig.out().contains("FAIL  data.bad_test.test_eve"), rig.out());
        assertTrue(rig.out().contains("\n      print: asking\n"), rig.out());
        assertTrue(rig.out().contains("fail  input.user in data.teams.sales"), rig.out());
        assertTrue(rig.out().contains("ERROR data.bad_test.test_two"), rig.out());
        assertTrue(rig.out().contains("p/bad_test.rego:12: eval_conflict_error"), rig.out());
        assertTrue(rig.out().contains("skip  data.bad_test.todo_test_later\n"), rig.out());
        assertTrue(
                withoutTimes()
                        .endsWith("5 tests in N ms: 2 passed, 1 failed, 1 in error, 1 skipped\n"),
                rig.out());
    }

    @Test
    void ofALongTraceTheLastLinesAreShown() throws IOException {
        rig.write(
                "p/long_test.rego",
                "package long_test\n\ntest_long if {\n" + "\ttrue\n".repeat(60) + "\t1 == 2\n}\n");
        assertEquals(1, rig.run("test", "p", "--run", "test_long"));
        assertTrue(rig.out().contains(" lines before; --verbose shows all\n"), rig.out());
        assertTrue(rig.out().contains("fail  1 == 2"), rig.out());
        assertTrue(rig.out().lines().count() < 30, rig.out());
        rig.run("test", "p", "--run", "test_long", "--verbose");
        assertFalse(rig.out().contains("--verbose shows all"), rig.out());
        assertTrue(rig.out().lines().count() > 60, rig.out());
    }

    @Test
    void partOfTheTestsIsRunByName() {
        assertEquals(0, rig.run("test", "p", "--run", "test_ev"));
        assertEquals(1, rig.out().lines().filter(line -> line.startsWith("pass")).count());
        assertEquals(2, rig.run("test", "p", "--run", "nobody"));
        assertEquals("error: no test's name has 'nobody' in it\n", rig.err());
        assertEquals(2, rig.run("test", "p/sales.rego"));
        assertTrue(rig.err().startsWith("error: there are no tests"), rig.err());
    }

    @Test
    void coverageNamesFilesAndMissedLines() {
        assertEquals(0, rig.run("test", "p", "--coverage"));
        assertTrue(
                withoutTimes()
                        .endsWith(
                                """

                                file          reached   share  missed lines
                                ------------  -------  ------  ------------
                                p/sales.rego   3 of 5  60.0 %  8-9
                                coverage 60.0 %
                                """),
                rig.out());
    }

    @Test
    void coverageBelowTheThresholdFails() {
        assertEquals(0, rig.run("test", "p", "--threshold", "60"));
        assertEquals(1, rig.run("test", "p", "--threshold", "60.1"));
        assertTrue(
                rig.out().endsWith("coverage 60.0 %, below the threshold of 60.1 %\n"), rig.out());
        assertEquals(2, rig.run("test", "p", "--threshold", "101"));
        assertEquals(1, rig.run("test", "p", "--threshold", "99", "--json"));
        assertFalse(rig.json().path("passed").asBoolean());
        assertEquals(0, rig.json().at("/counts/failed").asInt());
    }

    @Test
    void jsonHasAllOfIt() throws IOException {
        rig.write("p/bad_test.rego", BAD);
        assertEquals(1, rig.run("test", "p", "--coverage", "--json"));
        assertEquals(
                "{\"passed\":2,\"failed\":1,\"errors\":1,\"skipped\":1}",
                rig.json().path("counts").toString());
        assertEquals("data.bad_test.test_eve", rig.json().at("/tests/0/name").asString());
        assertEquals("failed", rig.json().at("/tests/0/outcome").asString());
        assertEquals("asking", rig.json().at("/tests/0/notes/0").asString());
        assertTrue(rig.json().at("/tests/0/trace").size() > 2);
        assertTrue(rig.json().at("/tests/1/reason").asString().contains("eval_conflict_error"));
        assertEquals("skipped", rig.json().at("/tests/2/outcome").asString());
        assertEquals("[8,9]", rig.json().at("/coverage/files/0/missed").toString());
        rig.run("test", "p", "--json");
        assertFalse(rig.json().has("coverage"));
    }

    @Test
    void policiesThatDoNotCompileAreProblems() throws IOException {
        rig.write("p/worse.rego", "package worse\n\nx := y\n");
        assertEquals(1, rig.run("test", "p"));
        assertTrue(rig.err().contains("p/worse.rego:3:6: rego_unsafe_var_error"), rig.err());
    }

    @Test
    void functionsOfTheNetworkAreReplacedInTests() throws IOException {
        rig.write(
                "net_test.rego",
                """
                package net_test

                known(host) := net.lookup_ip_addr(host)

                test_known if known("a") == {"10.0.0.1"} with net.lookup_ip_addr as fake

                fake(_) := {"10.0.0.1"}
                """);
        assertEquals(1, rig.run("test", "net_test.rego"));
        assertEquals(0, rig.run("test", "net_test.rego", "--allow-network"));
    }

    @Test
    void linesInARowAreOneRange() {
        assertEquals("", CoverageText.ranges(new TreeSet<>()));
        assertEquals("3", CoverageText.ranges(new TreeSet<>(List.of(3))));
        assertEquals("1-3, 5, 8-9", CoverageText.ranges(new TreeSet<>(List.of(1, 2, 3, 5, 8, 9))));
    }
}
