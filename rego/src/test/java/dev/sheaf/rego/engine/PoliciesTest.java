package dev.sheaf.rego.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.syntax.Diagnostic;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class PoliciesTest {
    private static String value(String module, String input) {
        return Rig.value(Rig.compile("package t\n" + module), "data.t.p", input);
    }

    private static List<Diagnostic> faults(String... modules) {
        return assertThrows(PolicyFault.class, () -> Rig.compile(modules)).diagnostics();
    }

    private static void isRefused(String code, String message, String module) {
        List<Diagnostic> found = faults("package t\n" + module);
        assertEquals(code, found.getFirst().code(), () -> Diagnostic.render(found));
        assertTrue(found.getFirst().message().contains(message), () -> Diagnostic.render(found));
    }

    // --- what people write

    @Test
    void expressionsAreEvaluatedInAnOrderInWhichTheyCanBe() {
        assertEquals("3", value("p := y if { y = x + 1; x = input.a }", "{\"a\": 2}"));
    }

    @Test
    void bothSidesOfAUnificationBind() {
        assertEquals("[1, 2]", value("p := [x, y] if { [x, 2] = [1, y] }", "{}"));
        assertEquals(
                "[1, 2]",
                value("p := [x, y] if { {\"a\": x, \"b\": 2} = {\"a\": 1, \"b\": y} }", "{}"));
    }

    @Test
    void undefinedIsNotFalse() {
        assertEquals("undefined", value("p if input.a.b.c", "{\"a\": 1}"));
        assertEquals("true", value("p if not input.a.b.c", "{\"a\": 1}"));
    }

    @Test
    void aNameThatIsSharedWithAComprehensionMustBeBoundBeforeIt() {
        assertEquals(
                "[2, 3]",
                value("p := ys if { x := 1; ys := [y | some z in input; y := z + x] }", "[1, 2]"));
    }

    @Test
    void withReplacesForOneExpressionOnly() {
        assertEquals(
                "[true, \"undefined\"]",
                value(
                        "q if input.a == 1\n"
                                + "p := [x, y] if { x := q with input as {\"a\": 1}; y :="
                                + " object.get({\"k\": \"undefined\"}, \"k\", 0) }",
                        "{}"));
    }

    @Test
    void functionsAreReplacedByOthersAndByValues() {
        assertEquals(
                "[7, 3]",
                value(
                        "f(x) := x\ng(x) := x + 1\n"
                                + "p := [a, b] if { a := f(1) with f as 7; b := f(2) with f as g }",
                        "{}"));
    }

    @Test
    void everyHoldsForNoneAndFailsForOne() {
        assertEquals("true", value("p if every x in [] { x > 1 }", "{}"));
        assertEquals("undefined", value("p if every x in [2, 1] { x > 1 }", "{}"));
    }

    @Test
    void anElseBranchIsTakenWhenNothingBeforeItHolds() {
        String module = "p := 1 if input.a else := 2 if input.b else := 3";
        assertEquals("1", value(module, "{\"a\": true, \"b\": true}"));
        assertEquals("2", value(module, "{\"b\": true}"));
        assertEquals("3", value(module, "{}"));
    }

    @Test
    void policiesOfOldRunAsWritten() {
        Policies old =
                Rig.compile(
                        CompileOptions.DEFAULT,
                        RegoVersion.V0,
                        """
                        package t
                        default allow = false
                        allow { input.user.team == "sales"; input.domain == "sales" }
                        names[x] { x := input.names[_] }
                        """);
        assertEquals(
                "true",
                Rig.value(
                        old,
                        "data.t.allow",
                        "{\"user\": {\"team\": \"sales\"}, \"domain\": \"sales\"}"));
        assertEquals("false", Rig.value(old, "data.t.allow", "{}"));
        assertEquals(
                "{\"a\", \"b\"}", Rig.value(old, "data.t.names", "{\"names\": [\"b\", \"a\"]}"));
    }

    @Test
    void anIndexFindsWhatTryingAllWouldFind() {
        StringBuilder module = new StringBuilder("package t\n");
        for (int i = 0; i < 500; i++) {
            module.append("p contains ")
                    .append(i)
                    .append(" if input.role == \"r")
                    .append(i % 50)
                    .append("\"\n");
        }
        module.append("p contains \"always\" if input.any\n");
        Policies policies = Rig.compile(module.toString());
        assertEquals("10", Rig.value(policies, "count(data.t.p)", "{\"role\": \"r7\"}"));
        assertEquals(
                "11", Rig.value(policies, "count(data.t.p)", "{\"role\": \"r7\", \"any\": 1}"));
        assertEquals("1", Rig.value(policies, "count(data.t.p)", "{\"any\": 1}"));
        assertEquals("0", Rig.value(policies, "count(data.t.p)", "{\"role\": 7}"));
    }

    // --- what is wrong

    @Test
    void anUnboundVariableIsRefusedWithItsPlace() {
        List<Diagnostic> found = faults("package t\n\np if {\n\tnot input.x[y]\n}\n");
        assertEquals("rego_unsafe_var_error", found.getFirst().code());
        assertEquals(4, found.getFirst().location().line());
        assertTrue(found.getFirst().message().contains("var y is unsafe"));
    }

    @Test
    void rulesMustNotNeedThemselves() {
        isRefused("rego_recursion_error", "data.t.a -> data.t.b -> data.t.a", "a if b\nb if a");
        isRefused("rego_recursion_error", "data.t.f is recursive", "f(x) := f(x)");
    }

    @Test
    void unknownFunctionsAndWrongArgumentsAreRefused() {
        isRefused("rego_type_error", "undefined function nothing", "p := nothing(1)");
        isRefused("rego_type_error", "arity mismatch", "p := count([1], 2, 3)");
        isRefused("rego_type_error", "operand 1 must be string", "p := upper(1)");
    }

    @Test
    void theNetworkIsNotThereUnlessItIsGranted() {
        isRefused("rego_type_error", "undefined function http.send", "p := http.send({})");
        isRefused(
                "rego_type_error",
                "undefined function http.send",
                "p := x if { x := count([]) with count as http.send }");
    }

    @Test
    void kindsOfRulesDoNotMix() {
        isRefused("rego_type_error", "conflicting rules data.t.p found", "p := 1\np contains 2");
        isRefused(
                "rego_type_error",
                "multiple default rules",
                "default p := 1\ndefault p := 2\np if input.x");
    }

    @Test
    void strictCompilationFindsWhatIsNeverUsed() {
        PolicyFault fault =
                assertThrows(
                        PolicyFault.class,
                        () ->
                                Rig.compile(
                                        CompileOptions.DEFAULT.strict(),
                                        RegoVersion.V1,
                                        "package t\nimport data.other\np if { x := 1; input.y }"));
        assertEquals(2, fault.diagnostics().size(), fault::toString);
    }

    @Test
    void rulesThatContradictEachOtherAreAnError() {
        EvaluationFault fault =
                assertThrows(
                        EvaluationFault.class, () -> value("p := x if some x in input", "[1, 2]"));
        assertEquals(EvaluationFault.CONFLICT, fault.code());
    }

    // --- the same rule of several packages

    private static final String[] PACKAGES = {
        "package rules.a\ndeny contains \"a\" if input.x\nn := 1",
        "package rules.b\ndeny contains \"b\"",
        "package rules.c\nother := 1",
        "package t\nall contains r if some r in data.rules[_].deny\n"
                + "from contains name if data.rules[name].deny[_]\n"
                + "only := {r | some r in data.rules[\"b\"].deny}\n"
                + "changed := r if r := all with data.rules.d.deny as {\"d\"}\n"
                + "less := r if r := all with data.rules.b as {}\n"
                + "named := data.rules[\"a\"].n\n"
    };

    @Test
    void aRuleIsFoundInEveryPackageThatHasIt() {
        Policies policies = Rig.compile(PACKAGES);
        assertEquals("{\"a\", \"b\"}", Rig.value(policies, "data.t.all", "{\"x\": true}"));
        assertEquals("{\"b\"}", Rig.value(policies, "data.t.all", "{}"));
        assertEquals("{\"a\", \"b\"}", Rig.value(policies, "data.t.from", "{\"x\": true}"));
        assertEquals("{\"b\"}", Rig.value(policies, "data.t.only", "{\"x\": true}"));
        assertEquals("1", Rig.value(policies, "data.t.named", "{}"));
    }

    @Test
    void whatIsPutBesideThePackagesCountsToo() {
        Policies policies = Rig.compile(PACKAGES);
        assertEquals("{\"b\", \"d\"}", Rig.value(policies, "data.t.changed", "{}"));
        assertEquals("{\"a\"}", Rig.value(policies, "data.t.less", "{\"x\": true}"));
    }

    @Test
    void dataBesideThePackagesCountsToo() {
        List<ObjectValue> found =
                Rig.compile(PACKAGES)
                        .query("x = data.t.all")
                        .results(
                                new Query.Facts(
                                        Optional.of(JsonValues.parse("{}")),
                                        JsonValues.parse(
                                                "{\"rules\": {\"e\": {\"deny\": [\"e\"]}}}"),
                                        false),
                                Limits.DEFAULT,
                                System::nanoTime,
                                work -> new FixedSurroundings(Rig.WORLD, 0, work::done));
        assertEquals("{\"b\", \"e\"}", String.valueOf(found.getFirst().get("x")));
    }

    // --- what does not end

    private static EvaluationFault ended(String module, String input, Limits limits) {
        Policies policies = Rig.compile("package t\n" + module);
        return assertThrows(
                EvaluationFault.class, () -> Rig.results(policies, "x = data.t.p", input, limits));
    }

    @Test
    void anExponentialComprehensionIsEnded() {
        String module =
                "n := numbers.range(1, 200)\n"
                        + "p := count([1 | some a in n; some b in n; some c in n; some d in n])";
        EvaluationFault fault =
                ended(module, "{}", new Limits(1_000_000, 1_000_000, Duration.ofMinutes(1)));
        assertEquals(EvaluationFault.LIMIT, fault.code());
    }

    @Test
    void whatIsGatheredIsBounded() {
        EvaluationFault fault =
                ended(
                        "n := numbers.range(1, 2000)\np := {[a, b] | some a in n; some b in n}",
                        "{}",
                        new Limits(1_000_000_000, 10_000, Duration.ofMinutes(1)));
        assertTrue(String.valueOf(fault.getMessage()).contains("10000 values"), fault::toString);
    }

    @Test
    void aChainOfManyFunctionsIsEndedAndNotTheProcess() {
        StringBuilder module = new StringBuilder("package t\nf0(x) := x\n");
        for (int i = 1; i <= 20_000; i++) {
            module.append("f%d(x) := f%d(x)\n".formatted(i, i - 1));
        }
        module.append("p := f20000(1)\n");
        try {
            Policies policies = Rig.compile(module.toString());
            EvaluationFault fault =
                    assertThrows(
                            EvaluationFault.class,
                            () -> Rig.results(policies, "x = data.t.p", "{}", Limits.DEFAULT));
            assertEquals(EvaluationFault.LIMIT, fault.code());
        } catch (PolicyFault refused) {
            assertTrue(refused.getMessage() != null);
        }
    }
}
