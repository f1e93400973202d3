package dev.sheaf.rego.builtin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// Regular expressions of RE2. What is found, split and replaced is what Go's package `regexp`
/// finds, empty finds included.
final class RegexBuiltins {
    private RegexBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("regex.is_valid", "any -> boolean", RegexBuiltins::isValid),
                Builtin.of("regex.match", "string, string -> boolean", RegexBuiltins::isFound),
                Builtin.of("re_match", "string, string -> boolean", RegexBuiltins::isFound),
                Builtin.of("regex.split", "string, string -> array", RegexBuiltins::split),
                Builtin.of("regex.find_n", "string, string, number -> array", RegexBuiltins::finds),
                Builtin.of(
                        "regex.find_all_string_submatch_n",
                        "string, string, number -> array",
                        RegexBuiltins::findsWithGroups),
                Builtin.of(
                        "regex.replace",
                        "string, string, string -> string",
                        RegexBuiltins::replaced),
                Builtin.of(
                        "regex.template_match",
                        "string, string, string, string -> boolean",
                        RegexBuiltins::fitsTemplate),
                Builtin.of(
                        "regex.globs_match",
                        "string, string -> boolean",
                        (a, world) ->
                                Operands.of(
                                        GlobIntersection.isThere(
                                                Operands.text(a, 0), Operands.text(a, 1), world))));
    }

    private static Value isValid(Value[] arguments, Surroundings world) {
        if (!(arguments[0] instanceof StringValue expression)) {
            return Operands.of(false);
        }
        try {
            world.expressions().pattern(expression.value());
            return Operands.of(true);
        } catch (BuiltinFault fault) {
            return Operands.of(false);
        }
    }

    private static Matcher matcher(
            Value[] arguments, int expression, int text, Surroundings world) {
        Pattern pattern = world.expressions().pattern(Operands.text(arguments, expression));
        return pattern.matcher(counted(Operands.text(arguments, text), world));
    }

    private static String counted(String text, Surroundings world) {
        world.work(1 + text.length() / 8);
        return text;
    }

    private static Value isFound(Value[] arguments, Surroundings world) {
        return Operands.of(matcher(arguments, 0, 1, world).find());
    }

    /// Where something was found, with the places of its groups.
    private interface Find {
        void at(Matcher found);
    }

    /// Goes through what does not overlap. An empty find right behind another one does not count.
    ///
    /// @param countMax negative: all
    private static void forEach(
            Matcher matcher, String text, long countMax, Surroundings world, Find action) {
        int position = 0;
        int previousEnd = -1;
        long count = 0;
        while (position <= text.length()
                && (countMax < 0 || count < countMax)
                && matcher.find(position)) {
            world.work(1 + (matcher.end() - position) / 8);
            boolean isAccepted = matcher.end() > position || matcher.start() != previousEnd;
            previousEnd = matcher.end();
            position = matcher.end() > position ? matcher.end() : after(text, position);
            if (isAccepted) {
                action.at(matcher);
                count++;
            }
        }
    }

    private static int after(String text, int position) {
        return position < text.length()
                ? position + Character.charCount(text.codePointAt(position))
                : position + 1;
    }

    private static Value finds(Value[] arguments, Surroundings world) {
        List<String> finds = new ArrayList<>();
        forEach(
                matcher(arguments, 0, 1, world),
                Operands.text(arguments, 1),
                Operands.integer(arguments, 2),
                world,
                found -> finds.add(found.group()));
        return Operands.ofTexts(finds);
    }

    private static Value findsWithGroups(Value[] arguments, Surroundings world) {
        List<Value> finds = new ArrayList<>();
        forEach(
                matcher(arguments, 0, 1, world),
                Operands.text(arguments, 1),
                Operands.integer(arguments, 2),
                world,
                found -> {
                    List<String> groups = new ArrayList<>();
                    for (int i = 0; i <= found.groupCount(); i++) {
                        String group = found.group(i);
                        groups.add(group == null ? "" : group);
                    }
                    finds.add(Operands.ofTexts(groups));
                });
        return ArrayValue.of(finds);
    }

    private static Value split(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 1);
        if (text.isEmpty() && !Operands.text(arguments, 0).isEmpty()) {
            matcher(arguments, 0, 1, world);
            return Operands.ofTexts(List.of(""));
        }
        List<String> parts = new ArrayList<>();
        int[] bounds = new int[2];
        forEach(
                matcher(arguments, 0, 1, world),
                text,
                -1,
                world,
                found -> {
                    bounds[1] = found.start();
                    if (found.end() != 0) {
                        parts.add(text.substring(bounds[0], bounds[1]));
                    }
                    bounds[0] = found.end();
                });
        if (bounds[1] != text.length()) {
            parts.add(text.substring(bounds[0]));
        }
        return Operands.ofTexts(parts);
    }

    private static Value replaced(Value[] arguments, Surroundings world) {
        String text = Operands.text(arguments, 0);
        Matcher matcher = matcher(arguments, 1, 0, world);
        GoTemplate template = GoTemplate.parse(Operands.text(arguments, 2));
        StringBuilder out = new StringBuilder(text.length());
        int position = 0;
        int previousEnd = 0;
        while (position <= text.length() && matcher.find(position)) {
            int before = out.length();
            out.append(text, previousEnd, matcher.start());
            if (matcher.end() > previousEnd || matcher.start() == 0) {
                template.expand(matcher, out);
            }
            previousEnd = matcher.end();
            position = Math.max(after(text, position), matcher.end());
            world.work(1 + (out.length() - before) / 8);
        }
        return StringValue.of(out.append(text, previousEnd, text.length()).toString());
    }

    private record Template(Pattern pattern) {}

    private static Value fitsTemplate(Value[] arguments, Surroundings world) {
        String template = Operands.text(arguments, 0);
        String text = counted(Operands.text(arguments, 1), world);
        String start = Operands.text(arguments, 2);
        String end = Operands.text(arguments, 3);
        int startLength = Utf8.bytes(start).length;
        if (startLength != 1) {
            throw BuiltinFault.of(
                    "start delimiter has to be exactly one character long but is %d long",
                    startLength);
        }
        if (Utf8.bytes(end).length != 1) {
            // OPA names the length of the start here.
            throw BuiltinFault.of(
                    "end delimiter has to be exactly one character long but is %d long",
                    startLength);
        }
        Template compiled =
                world.expressions()
                        .kept(
                                Template.class,
                                start + end + template,
                                key ->
                                        new Template(
                                                compiled(
                                                        template,
                                                        start.charAt(0),
                                                        end.charAt(0),
                                                        world)));
        return Operands.of(compiled.pattern.matcher(text).find());
    }

    /// Text between the delimiters is an expression, the rest stands for itself.
    private static Pattern compiled(String template, char start, char end, Surroundings world) {
        StringBuilder expression = new StringBuilder("^");
        int level = 0;
        int literalStart = 0;
        int expressionStart = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == start) {
                if (++level == 1) {
                    expressionStart = i;
                }
            } else if (c == end) {
                if (--level < 0) {
                    throw unbalanced(template);
                }
                if (level == 0) {
                    String inner = template.substring(expressionStart + 1, i);
                    world.expressions().pattern("^" + inner + "$");
                    expression
                            .append(
                                    Pattern.quote(
                                            template.substring(literalStart, expressionStart)))
                            .append('(')
                            .append(inner)
                            .append(')');
                    literalStart = i + 1;
                }
            }
        }
        if (level != 0) {
            throw unbalanced(template);
        }
        expression.append(Pattern.quote(template.substring(literalStart))).append('$');
        return world.expressions().pattern(expression.toString());
    }

    private static BuiltinFault unbalanced(String template) {
        return BuiltinFault.of("unbalanced braces in %s", GoQuotedText.of(template));
    }
}
