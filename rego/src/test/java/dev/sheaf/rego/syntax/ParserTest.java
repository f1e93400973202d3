package dev.sheaf.rego.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Random;

final class ParserTest {
    private static Diagnostic refused(String text) {
        return assertThrows(PolicyFault.class, () -> Parser.module("a.rego", text, RegoVersion.V1))
                .diagnostics()
                .getFirst();
    }

    @Test
    void anErrorNamesItsPlaceAndShowsTheLine() {
        Diagnostic found = refused("package a\n\np if {\n\tinput.x ==\n}\n");
        assertEquals(Diagnostic.PARSE, found.code());
        assertEquals(5, found.location().line());
        assertEquals(1, found.location().column());
        assertEquals("}", found.line());
    }

    @Test
    void aBodyWithoutIfIsRefusedWithTheWayOut() {
        Diagnostic found = refused("package a\np { true }");
        assertTrue(found.message().contains("`if` keyword is required"), found::toString);
        assertTrue(found.hint().contains("p if"), found::toString);
    }

    @Test
    void statementsMayShareALineAndCommentsAfterThemAreNoMetadata() {
        Module module =
                Parser.module(
                        "a.rego",
                        "package a; import data.b\n"
                                + "# METADATA\n"
                                + "# title: x\n"
                                + "p := 1 # hello\n"
                                + "q := 2; r := 3\n",
                        RegoVersion.V1);
        assertEquals(3, module.rules().size());
        assertEquals(1, module.rules().getFirst().annotations().size());
    }

    @Test
    void stringsEndInTheirLine() {
        assertTrue(refused("package a\np := \"x\n\"").message().contains("non-terminated string"));
        assertTrue(refused("package a\np := \"\\q\"").message().contains("illegal escape"));
    }

    @Test
    void whatIsNestedTooDeeplyIsRefusedAndNotTheProcess() {
        String deep = "package a\np := " + "[".repeat(100_000) + "]".repeat(100_000);
        assertTrue(refused(deep).message().contains("nested too deeply"));
    }

    @Test
    void bitsOfPoliciesAreParsedOrRefused() {
        String text =
                """
                # METADATA
                # title: t
                package a.b["c"]
                import data.x as y
                default p := 1
                p := $"{input.x} y" if { some k, v in y.z; not k == v } else := {v | v := {1: 2}[_]}
                q[x] contains z if { every i in [1] { i > 0 }; x := `raw`; z := 1e3 with input as {} }
                f(x, [y1]) := x | y1 if { x == -1; x in {1, 2} }
                """;
        Parser.module("a.rego", text, RegoVersion.V1);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder broken = new StringBuilder(text);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(Math.max(1, broken.length()));
                switch (random.nextInt(3)) {
                    case 0 -> broken.delete(at, at + 1);
                    case 1 -> broken.insert(at, text.charAt(random.nextInt(text.length())));
                    default -> broken.setLength(Math.max(1, at));
                }
            }
            try {
                Parser.module("a.rego", broken.toString(), RegoVersion.V1);
            } catch (PolicyFault refused) {
                assertTrue(!refused.diagnostics().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + broken, e);
            }
        }
    }
}
