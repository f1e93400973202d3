package dev.sheaf.rego.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class WeaverTest {
    private static Step chain(int tests) {
        List<Step> chain = new ArrayList<>();
        for (int i = 0; i < tests; i++) {
            chain.add(new Steps.Test(new Getters.Constant(BooleanValue.TRUE)));
        }
        chain.add(
                new Steps.ValueEnd(new Getters.Constant(NumberValue.of(7)), false, Location.NONE));
        return Generator.link(chain);
    }

    private static Frame frame() {
        Session session = new Session(Limits.DEFAULT, () -> 0, false, null);
        return new Frame(0, 1, new Context(session, null, ObjectValue.EMPTY, null, Map.of(), 0));
    }

    @Test
    void aChainBecomesAClassThatDoesTheSame() {
        Step chain = chain(3);
        Step woven = Weaver.woven(chain).orElseThrow();
        assertNotSame(chain.getClass(), woven.getClass());
        assertTrue(woven.getClass().isHidden());
        Frame frame = frame();
        assertTrue(woven.run(frame));
        assertEquals(NumberValue.of(7), frame.result);
    }

    @Test
    void aChainThatIsTooLongStaysAsItIs() {
        assertEquals(Optional.empty(), Weaver.woven(chain(2_000)));
    }

    private static List<ObjectValue> results(Policies policies, Value input, Limits limits) {
        return policies.query("x = data.t")
                .results(
                        new Query.Facts(Optional.of(input), ObjectValue.EMPTY, false),
                        limits,
                        System::nanoTime,
                        work -> new FixedSurroundings(Rig.WORLD, 0, work::done));
    }

    /// The result, or the error's code.
    private static Object outcome(Policies policies, Value input) {
        try {
            return results(policies, input, Limits.DEFAULT);
        } catch (EvaluationFault fault) {
            return fault.code();
        }
    }

    @Test
    void wovenRulesGiveWhatTheyGaveBefore() {
        String module =
                """
                package t
                names contains p.name if some p in input.people
                old contains p.name if { some p in input.people; p.age > 40 }
                both contains [i, p.name] if some i, p in input.people
                none if not "x" in names
                young[p.name] := p.age if { some p in input.people; not p.name in old }
                double(x) := x * 2 if is_number(x)
                double(x) := concat("", [x, x]) if is_string(x)
                twice := [double(p.age) | some p in input.people]
                all_named if every p in input.people { p.name != "" }
                first := input.people[0].name
                missing := input.people[7].name
                where[k] contains v if input.map[k] = v
                clash := p.name if { some p in input.people; p.age == 50 }
                kind := "child" if { input.age < 18 } else := "adult" if { input.age < 65 } else := "old"
                changed := x if x := old with input.people as [{"name": "z", "age": 99}]
                pair := b if [_, b] = input.pair
                eq if input.pair == [1, "two"]
                """;
        String[] inputs = {
            "{}",
            "{\"people\": [{\"name\": \"a\", \"age\": 50}, {\"name\": \"b\", \"age\": 20}]}",
            "{\"people\": [{\"name\": \"a\", \"age\": 50}, {\"name\": \"b\", \"age\": 50}]}",
            "{\"people\": {\"k\": {\"name\": \"x\", \"age\": 1}}, \"age\": 70}",
            "{\"people\": [{\"name\": \"\", \"age\": \"y\"}], \"age\": 5, \"map\": {\"a\": [1]}}",
            "{\"people\": 3, \"pair\": [1, \"two\"], \"age\": 30}",
        };
        Policies plain = Rig.compile(module);
        Policies woven =
                Rig.compile(
                        CompileOptions.DEFAULT.wovenAfter(1),
                        dev.sheaf.rego.syntax.RegoVersion.V1,
                        module);
        for (String input : inputs) {
            Value document = JsonValues.parse(input);
            assertEquals(outcome(plain, document), outcome(woven, document), input);
        }
    }

    @Test
    void wovenRulesAreEndedAsOthersAre() {
        Policies policies =
                Rig.compile(
                        CompileOptions.DEFAULT.wovenAfter(1),
                        dev.sheaf.rego.syntax.RegoVersion.V1,
                        "package t\nn := numbers.range(1, 300)\n"
                                + "p if { some a in n; some b in n; some c in n; a + b + c < 0 }");
        EvaluationFault fault =
                assertThrows(
                        EvaluationFault.class,
                        () ->
                                results(
                                        policies,
                                        ObjectValue.EMPTY,
                                        new Limits(100_000, 1_000_000, Duration.ofMinutes(1))));
        assertEquals(EvaluationFault.LIMIT, fault.code());
    }

    @Test
    void rulesAreWovenWhileThreadsUseThem() throws InterruptedException {
        Policies policies =
                Rig.compile(
                        CompileOptions.DEFAULT.wovenAfter(50),
                        dev.sheaf.rego.syntax.RegoVersion.V1,
                        "package t\n"
                                + "p contains x if { some x in input; x > 1 }\n"
                                + "q if count(p) == 2");
        Value input = JsonValues.parse("[1, 2, 3]");
        String expected = String.valueOf(results(policies, input, Limits.DEFAULT));
        List<Thread> threads = new ArrayList<>();
        List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 500; i++) {
                                    String found =
                                            String.valueOf(
                                                    results(policies, input, Limits.DEFAULT));
                                    if (!found.equals(expected)) {
                                        wrong.add(found);
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), wrong);
    }
}
