package dev.sheaf.rego.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Writes random policies that are likely to compile: rules of all kinds over a small input, using
/// each other.
final class RandomPolicies {
    private static final List<String> PATHS =
            List.of(
                    "input.n",
                    "input.m",
                    "input.s",
                    "input.list",
                    "input.list[1]",
                    "input.object",
                    "input.object.a",
                    "input.object.b.c",
                    "input.words",
                    "input.nothing",
                    "input.flag");

    private final Random random;
    private final List<String> values = new ArrayList<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();
    private int names;

    RandomPolicies(long seed) {
        this.random = new Random(seed);
    }

    /// A JSON document with the fields that the policies look for, or not.
    String input() {
        return """
        {"n": %d, "m": %s, "s": "%s", "list": [%d, %d, "%s", [1, 2]], "flag": %s,
         "c": [0, 1, 2.5, "ab", "", true, false, null, -3],
         "object": {"a": %d, "b": {"c": "%s"}, "k": [3]}, "words": ["ab", "bc", "%s"]}\
        """
                .formatted(
                        random.nextInt(4),
                        random.nextBoolean() ? "2.5" : "-1",
                        word(),
                        random.nextInt(3),
                        random.nextInt(3),
                        word(),
                        random.nextBoolean(),
                        random.nextInt(4),
                        word(),
                        word());
    }

    private String word() {
        return List.of("ab", "bc", "a", "", "é").get(random.nextInt(5));
    }

    String module() {
        StringBuilder out = new StringBuilder("package t\n\n");
        int rules = 4 + random.nextInt(8);
        for (int i = 0; i < rules; i++) {
            out.append(rule()).append('\n');
        }
        return out.toString();
    }

    private String rule() {
        String name = "r" + names++;
        String rule;
        switch (random.nextInt(6)) {
            case 0 -> {
                rule = name + " := " + term(2, List.of()) + " if {\n" + body(List.of()) + "}\n";
                if (random.nextBoolean()) {
                    rule =
                            rule.stripTrailing()
                                    + " else := "
                                    + term(1, List.of())
                                    + " if {\n"
                                    + body(List.of())
                                    + "}\n";
                }
                if (random.nextBoolean()) {
                    rule = "default " + name + " := " + random.nextInt(3) + "\n\n" + rule;
                }
                values.add(name);
            }
            case 1 -> {
                rule =
                        name
                                + " contains x if {\n\tsome x in "
                                + collection()
                                + "\n"
                                + body(List.of("x"))
                                + "}\n";
                if (random.nextBoolean()) {
                    rule += name + " contains " + term(1, List.of()) + "\n";
                }
                sets.add(name);
            }
            case 2 -> {
                rule =
                        name
                                + "[k] := v if {\n\tsome k, v in "
                                + collection()
                                + "\n"
                                + body(List.of("k", "v"))
                                + "}\n";
                objects.add(name);
            }
            case 3 -> {
                rule =
                        name
                                + "(a, b) := "
                                + term(2, List.of("a", "b"))
                                + " if {\n"
                                + body(List.of("a", "b"))
                                + "}\n";
                functions.add(name);
            }
            case 4 -> {
                rule = name + " if {\n" + body(List.of()) + body(List.of()) + "}\n";
                values.add(name);
            }
            default -> {
                rule = name + " := " + term(3, List.of()) + "\n";
                values.add(name);
            }
        }
        return rule;
    }

    private String body(List<String> bound) {
        List<String> known = new ArrayList<>(bound);
        StringBuilder out = new StringBuilder();
        int expressions = 1 + random.nextInt(3);
        for (int i = 0; i < expressions; i++) {
            out.append('\t').append(expression(known)).append('\n');
        }
        return out.toString();
    }

    private String expression(List<String> known) {
        String fresh = "y" + names++;
        return switch (random.nextInt(10)) {
            case 0 -> {
                String text = fresh + " := " + term(2, known);
                known.add(fresh);
                yield text;
            }
            case 1 -> {
                String text = "some " + fresh + " in " + collection();
                known.add(fresh);
                yield text;
            }
            case 2 -> {
                String text = fresh + " = " + collection() + "[_]";
                known.add(fresh);
                yield text;
            }
            case 3 -> "not " + one(PATHS) + " == " + term(2, known);
            case 4 -> "every e in " + collection() + " { e != " + one(PATHS) + " }";
            case 5 -> term(1, known) + " in " + collection();
            case 6 -> {
                String text = "[" + fresh + ", _] = [" + term(1, known) + ", 1]";
                known.add(fresh);
                yield text;
            }
            case 7 -> one(PATHS) + " != " + term(2, known) + " with input.n as " + scalar();
            case 8 -> "not " + one(PATHS) + operator() + term(1, known);
            default -> one(PATHS) + operator() + term(2, known);
        };
    }

    private String operator() {
        return List.of(" == ", " != ", " < ", " <= ", " > ", " >= ").get(random.nextInt(6));
    }

    private String collection() {
        return switch (random.nextInt(7)) {
            case 0 -> "input.list";
            case 1 -> "input.object";
            case 2 -> "input.words";
            case 3 -> sets.isEmpty() ? "input.words" : one(sets);
            case 4 -> objects.isEmpty() ? "input.object" : one(objects);
            case 5 -> "input.list[3]";
            default -> "numbers.range(0, 2)";
        };
    }

    private String one(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    /// Mostly from the input: of literals OPA knows the type, and refuses most comparisons.
    private String scalar() {
        return random.nextInt(6) == 0
                ? List.of("0", "1", "2.5", "\"ab\"", "\"\"", "true", "false", "null", "-3")
                        .get(random.nextInt(9))
                : "input.c[" + random.nextInt(9) + "]";
    }

    private String term(int depth, List<String> known) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> scalar();
                case 1 -> known.isEmpty() ? scalar() : one(known);
                case 2 -> values.isEmpty() ? scalar() : one(values);
                default -> one(PATHS);
            };
        }
        String left = term(depth - 1, known);
        String right = term(depth - 1, known);
        return switch (random.nextInt(15)) {
            case 0 -> "[" + left + ", " + right + "]";
            case 1 -> "{" + left + ", " + right + "}";
            case 2 -> "{\"p\": " + left + ", \"q\": " + right + "}";
            case 3 -> "[c | some c in " + collection() + "; c != " + one(PATHS) + "]";
            case 4 -> "{c | some c in " + collection() + "; not c == " + one(PATHS) + "}";
            case 5 -> "{k: c | some k, c in " + collection() + "}";
            case 6 -> "count(" + collection() + ")";
            case 7 -> "sprintf(\"%v-%v\", [" + left + ", " + right + "])";
            case 8 -> "object.get(input.object, \"a\", " + left + ")";
            case 9 -> "type_name(" + left + ")";
            case 10 -> "json.marshal(" + left + ")";
            case 11 ->
                    functions.isEmpty() ? left : one(functions) + "(" + left + ", " + right + ")";
            case 12 -> "concat(\"-\", [x | some x in " + collection() + "; is_string(x)])";
            case 13 -> "max({" + left + ", " + right + "})";
            default -> "input.list[count(" + collection() + ")]";
        };
    }
}
