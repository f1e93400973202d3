package dev.sheaf.rego.builtin;

import static dev.sheaf.rego.builtin.BuiltinCalls.fault;
import static dev.sheaf.rego.builtin.BuiltinCalls.json;
import static dev.sheaf.rego.builtin.BuiltinCalls.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// [RegexBuiltins], [GoTemplate] and [GlobIntersection].
class RegexBuiltinsTest {
    @Test
    void findsWhatGoFinds() {
        assertEquals("[\"ar\", \"an\"]", text("regex.find_n", "a.", "paranormal", 2));
        assertEquals("[]", text("regex.find_n", "a.", "paranormal", 0));
        assertEquals("[\"\", \"b\", \"\"]", text("regex.find_n", "b*", "😀bc", -1));
        assertEquals(
                "[[\"som\", \"o\", \"m\"], [\"ri\", \"i\", \"\"]]",
                text(
                        "regex.find_all_string_submatch_n",
                        "[^aouiye]([aouiye])([^aouiye])?",
                        "somestri",
                        -1));
    }

    @Test
    void splitsAsGoDoes() {
        assertEquals("[\"\", \" baz\"]", text("regex.split", "^[a-z]+", "foobar baz"));
        assertEquals("[\"\"]", text("regex.split", "x", ""));
        assertEquals("[\"a\", \"😀\"]", text("regex.split", "", "a😀"));
    }

    @Test
    void replacesWithGroups() {
        assertEquals("\"foofoo\"", text("regex.replace", "foo", "(foo)", "$1$1"));
        assertEquals("\"-x-\"", text("regex.replace", "a", "(?P<n>a)", "-${m}x-"));
        assertEquals("\"a!\"", text("regex.replace", "a", "(?P<n>a)", "${n}!"));
        assertEquals("\"$a\"", text("regex.replace", "a", "(a)", "$$$1"));
        assertEquals("\"\"", text("regex.replace", "a", "(a)", "$1x"));
        assertEquals("\"-a-b-\"", text("regex.replace", "ab", "x*", "-"));
        assertEquals("\"foF\"", text("regex.replace", "foo", "[a-z]$", "F"));
    }

    @Test
    void saysWhatIsNoExpression() {
        assertTrue(
                fault("regex.match", "[", "a")
                        .startsWith(
                                "eval_builtin_error: regex.match: error parsing regexp: missing"
                                        + " closing ]"));
        assertEquals("false", text("regex.is_valid", "("));
        assertEquals("false", text("regex.is_valid", 1));
        assertEquals("true", text("regex.is_valid", ".+"));
    }

    @Test
    void matchesTemplatesOfLiteralsAndExpressions() {
        assertEquals(
                "true", text("regex.template_match", "urn:foo:{.*}", "urn:foo:bar:baz", "{", "}"));
        assertEquals(
                "false", text("regex.template_match", "urn.foo:<.*>", "urn:foo:bar", "<", ">"));
        assertEquals(
                "eval_builtin_error: regex.template_match: unbalanced braces in \"a{\"",
                fault("regex.template_match", "a{", "", "{", "}"));
        assertEquals(
                "eval_builtin_error: regex.template_match: start delimiter has to be exactly one"
                        + " character long but is 2 long",
                fault("regex.template_match", "a", "", "{{", "}"));
    }

    @Test
    void knowsWhetherTwoGlobsMeet() {
        assertEquals("true", text("regex.globs_match", "a.a.[0-9]+z", ".b.b2359825792*594823z"));
        assertEquals("false", text("regex.globs_match", "[a-z]+", "[0-9]*"));
        assertEquals("false", text("regex.globs_match", "a*", "b*"));
        assertEquals("true", text("regex.globs_match", "a*b", ".b"));
        assertEquals("true", text("regex.globs_match", "", ""));
        assertEquals(
                "eval_builtin_error: regex.globs_match: input:pqrs], pos:5, set-close ']' with no"
                        + " preceding '[': the input provided is invalid",
                fault("regex.globs_match", "pqrs]", "[a-b]+"));
    }

    @Test
    void comparesLongGlobsInPolynomialTime() {
        String many = ".*a".repeat(200);
        assertEquals("true", text("regex.globs_match", many, many));
    }

    @Test
    void refusesExpressionsThatWouldGrowTooLarge() {
        assertEquals(
                "eval_builtin_error: regex.match: error parsing regexp: invalid repeat count:"
                        + " `{100}`",
                fault("regex.match", "((a{100}){100}){100}", "a"));
        assertTrue(fault("regex.match", "(".repeat(50_000), "a").contains("nests too deeply"));
        assertTrue(
                fault("regex.match", "(" + "ab".repeat(10_000) + "){900}", "a")
                        .contains("too large"));
        assertEquals(
                "true",
                text(
                        "regex.match",
                        "^(a{10}[{9}]{9})\\{9{1,9}\\x{41}{9}",
                        "aaaaaaaaaa{99999999{9AAAAAAAAA"));
        assertTrue(
                fault("glob.match", "{".repeat(50_000), json("[]"), "a")
                        .contains("nests too deeply"));
    }
}
