package dev.sheaf.rego.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;

import org.junit.jupiter.api.Test;

/// Texts, and what becomes of them.
class FormatterTest {
    private static Module parsed(String text, RegoVersion version) {
        return Parser.module("shop.rego", text, version);
    }

    private static void assertFormatted(
            RegoVersion from, RegoVersion to, String text, String want) {
        Module module = parsed(text, from);
        assertEquals(want, Formatter.format(module, to));
        Properties.check("shop.rego", module, to);
    }

    /// What stands behind the package.
    private static void assertRules(String text, String want) {
        assertFormatted(
                RegoVersion.V1, RegoVersion.V1, "package shop\n" + text, "package shop\n\n" + want);
    }

    private static void assertOldRules(String text, String want) {
        assertFormatted(
                RegoVersion.V0, RegoVersion.V0, "package shop\n" + text, "package shop\n\n" + want);
    }

    private static void assertConverted(String text, String want) {
        assertFormatted(
                RegoVersion.V0, RegoVersion.V1, "package shop\n" + text, "package shop\n\n" + want);
    }

    @Test
    void indentsBodiesByTabsWithOneExpressionOnALine() {
        assertRules(
                """
                paid if{input.sum>0;  input.state=="paid"
                      not cancelled }
                """,
                """
                paid if {
                	input.sum > 0
                	input.state == "paid"
                	not cancelled
                }
                """);
    }

    @Test
    void keepsTheOnlyExpressionWhereItStood() {
        assertRules(
                """
                a if   input.x
                b if { input.x }
                c if {
                  input.x
                }
                d if
                  input.x
                """,
                """
                a if input.x
                b if input.x
                c if {
                	input.x
                }

                d if {
                	input.x
                }
                """);
    }

    @Test
    void keepsBracesThatMakeABodyOfASet() {
        assertRules("a if { {1,2} }\n", "a if {\n\t{1, 2}\n}\n");
    }

    @Test
    void writesOperatorsWithBlanksAndKeepsParentheses() {
        assertRules(
                "a := ((1+2)*-3)-(x|y)\nb if not(x in ys)\nc := (f(1))[ 0 ]\n",
                "a := ((1 + 2) * -3) - (x | y)\nb if not (x in ys)\nc := (f(1))[0]\n");
    }

    @Test
    void keepsTheOperatorThatAMinusWouldBecome() {
        assertRules("a if { x; -1 == y }\n", "a if {\n\tx;\n\t-1 == y\n}\n");
    }

    @Test
    void breaksListsWhereTheirAuthorDid() {
        assertRules(
                """
                a := [1,2,3,]
                b := [1, 2,
                3]
                c := {
                "x": f(1,[
                2])}
                d := { # why
                }
                e := f(2, {
                "y": 1 })
                """,
                """
                a := [1, 2, 3]
                b := [
                	1, 2,
                	3,
                ]

                c := {
                	"x": f(1, [
                		2,
                	]),
                }

                d := { # why
                }

                e := f(2, {
                	"y": 1,
                })
                """);
    }

    @Test
    void writesComprehensionsOnOneLineOrWithLinesForTheirBodies() {
        assertRules(
                """
                a := [x|some x in xs;x>1]
                b := {k:v|some k,v in xs
                v>1}
                c := {
                   x | some x in xs }
                """,
                """
                a := [x | some x in xs; x > 1]
                b := {k: v |
                	some k, v in xs
                	v > 1
                }

                c := {x |
                	some x in xs
                }
                """);
    }

    @Test
    void writesEveryAndSomeAndWith() {
        assertRules(
                """
                a if {
                  every i,x in xs {x>i}
                  some k , v
                  every x in xs { x
                  y }
                  b with input.x as 1   with data.y as {2}
                  c with input.x as 1
                  with data.y as 2
                }
                """,
                """
                a if {
                	every i, x in xs { x > i }
                	some k, v
                	every x in xs {
                		x
                		y
                	}
                	b with input.x as 1 with data.y as {2}
                	c with input.x as 1
                		with data.y as 2
                }
                """);
    }

    @Test
    void keepsCommentsWhereTheyStand() {
        assertRules(
                """
                # first

                # about a
                a if { # opens
                  # before
                  x ==   # left
                    1

                  # last
                } # closed
                b := [ 1, # one
                  # between
                  2 ]   # two
                # end\
                """,
                """
                # first

                # about a
                a if { # opens
                	# before
                	x == 1 # left

                	# last
                } # closed

                b := [
                	1, # one
                	# between
                	2,
                ] # two

                # end
                """);
    }

    @Test
    void putsOneEmptyLineBetweenRulesAndNoneBetweenShortOnesThatStoodTogether() {
        assertRules(
                """
                default a := 1
                a := 2 if x
                a := 3 if y



                a := 4 if z
                b if { x
                y }
                c := 1
                """,
                """
                default a := 1

                a := 2 if x
                a := 3 if y

                a := 4 if z

                b if {
                	x
                	y
                }

                c := 1
                """);
    }

    @Test
    void sortsImportsWithinTheirGroups() {
        assertRules(
                """
                import data.z # zed
                import rego.v1
                import data.a.b as c
                import data.a

                # other
                import input["x"]
                import data["not"]
                """,
                """
                import data.a
                import data.a.b as c
                import data.z # zed
                import rego.v1

                # other
                import data["not"]
                import input.x
                """);
    }

    @Test
    void keepsStringsAndNumbersAsTheyWereWritten() {
        assertRules(
                "a := [ \"\\u0041\\/\",1.50e3,`raw\\n\n  text` ]\n"
                        + "b := $\"{ x+1 } of {f( y )}\\{\"\n",
                "a := [\"\\u0041\\/\", 1.50e3, `raw\\n\n  text`]\n\n"
                        + "b := $\"{x + 1} of {f(y)}\\{\"\n");
    }

    @Test
    void writesKeysAsNamesWhereThatIsTheSame() {
        assertRules(
                "a := input[\"x\"][\"a b\"][\"if\"][`y`][z]\n",
                "a := input.x[\"a b\"][\"if\"].y[z]\n");
    }

    @Test
    void writesElseBehindItsBraceOrAfterAnEmptyLine() {
        assertRules(
                """
                a := 1 if { x
                  y } else := 2 if { z
                  y }
                else = 3
                b := 1 if x
                else := 2
                """,
                """
                a := 1 if {
                	x
                	y
                } else := 2 if {
                	z
                	y
                }

                else := 3

                b := 1 if x

                else := 2
                """);
    }

    @Test
    void leavesOutTheValueThatARuleHasAnyway() {
        assertRules(
                "a := true if x\nb := true\nc[1] := true if x\nd := true == y if x\n",
                "a if x\nb := true\nc[1] := true if x\nd := true == y if x\n");
    }

    @Test
    void keepsOldModulesOld() {
        assertOldRules(
                """
                import future.keywords.in
                a[x] { x = 1 } { x=2 }
                b = true { x }
                c = 1
                d["e"]
                """,
                """
                import future.keywords.in

                a[x] {
                	x = 1
                }

                a[x] {
                	x = 2
                }

                b {
                	x
                }

                c = 1
                d["e"]
                """);
    }

    @Test
    void rewritesOldModulesAsV1() {
        assertConverted(
                """
                import future.keywords.in # members
                import data.x # x
                default a = false
                a { x in xs }
                b[x] { x = 1; y } { x=2 }
                c["e"]
                c.f
                g[x] = y { y := x }
                h(x) = y { y = x
                  y } else = 2 { true } else = 3
                """,
                """
                # members
                import data.x # x

                default a := false

                a if x in xs

                b contains x if {
                	x = 1
                	y
                }

                b contains x if x = 2

                c contains "e"
                c contains "f"

                g[x] := y if y := x

                h(x) := y if {
                	y = x
                	y
                } else := 2 if true

                else := 3
                """);
    }

    @Test
    void tellsWhichNamesV1DoesNotAllow() {
        Module module =
                parsed("package shop\n\na { if == 1 }\n\nin(every) = every.x\n", RegoVersion.V0);
        PolicyFault fault =
                assertThrows(PolicyFault.class, () -> Formatter.format(module, RegoVersion.V1));
        assertEquals(3, fault.diagnostics().size());
        Diagnostic first = fault.diagnostics().getFirst();
        assertEquals("if is a name here, and a keyword in v1", first.message());
        assertEquals(3, first.location().line());
        assertEquals(5, first.location().column());
        assertEquals("a { if == 1 }", first.line());
    }

    @Test
    void doesNotWriteV1AsV0() {
        Module module = parsed("package shop\n", RegoVersion.V1);
        assertThrows(
                IllegalArgumentException.class, () -> Formatter.format(module, RegoVersion.V0));
    }

    @Test
    void formatsChainsOfThousandsOfOperators() {
        String chain = "1 " + "+1 ".repeat(20_000);
        String formatted = Formatter.format(parsed("package shop\na := " + chain, RegoVersion.V1));
        assertEquals("package shop\n\na := 1" + " + 1".repeat(20_000) + "\n", formatted);
    }
}
