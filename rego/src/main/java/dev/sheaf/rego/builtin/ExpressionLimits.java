package dev.sheaf.rego.builtin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refuses regular expressions that would become too large when they are compiled: repeats in
/// repeats multiply, and groups in groups take room on the stack. The limits are Go's.
///
/// Goes once through the text and does not mind what else is wrong with it; the compiler says that.
final class ExpressionLimits {
    private static final int REPEAT_MAX = 1_000;
    private static final int DEPTH_MAX = 1_000;
    private static final long SIZE_MAX = 3_300_000;

    private static final Pattern REPEAT = Pattern.compile("\\{([0-9]{1,9})(?:(,)([0-9]{0,9}))?\\}");

    /// What an expression weighs.
    ///
    /// @param size about as many instructions
    /// @param repeats how often its innermost part may be repeated
    private record Weight(long size, long repeats) {
        static final Weight NOTHING = new Weight(0, 1);
        static final Weight CHARACTER = new Weight(1, 1);

        Weight and(Weight other) {
            return new Weight(
                    Math.min(SIZE_MAX * 2, size + other.size), Math.max(repeats, other.repeats));
        }

        Weight times(long count) {
            return new Weight(Math.min(SIZE_MAX * 2, size * count), repeats * count);
        }
    }

    private final String text;
    private final Matcher repeat;
    private final Deque<Weight> outer = new ArrayDeque<>();
    private Weight before = Weight.NOTHING;
    private Weight last = Weight.NOTHING;
    private int at;

    private ExpressionLimits(String text) {
        this.text = text;
        this.repeat = REPEAT.matcher(text);
    }

    /// @throws BuiltinFault when it is too large
    static void check(String expression) {
        new ExpressionLimits(expression).run();
    }

    private void run() {
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                default -> one(at + 1);
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        if (before.and(last).size > SIZE_MAX) {
            throw BuiltinFault.of("error parsing regexp: expression too large: `%s`", shown());
        }
    }

    private String shown() {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private void add(Weight weight) {
        before = before.and(last);
        last = weight;
    }

    private void one(int end) {
        add(Weight.CHARACTER);
        at = Math.min(end, text.length());
    }

    private void escape() {
        if (text.startsWith("Q", at + 1)) {
            int end = text.indexOf("\\E", at);
            int stop = end < 0 ? text.length() : end + 2;
            add(new Weight(stop - at, 1));
            add(Weight.CHARACTER);
            at = stop;
            return;
        }
        boolean isBraced = text.startsWith("{", at + 2) && "xpP".indexOf(text.charAt(at + 1)) >= 0;
        int close = isBraced ? text.indexOf('}', at) : -1;
        one(close < 0 ? at + 2 : close + 1);
    }

    private void characterClass() {
        int end = at + 1;
        if (text.startsWith("^", end)) {
            end++;
        }
        if (text.startsWith("]", end)) {
            end++;
        }
        while (end < text.length() && text.charAt(end) != ']') {
            int named = text.startsWith("[:", end) ? text.indexOf(":]", end + 2) : -1;
            end = named >= 0 ? named + 2 : end + (text.charAt(end) == '\\' ? 2 : 1);
        }
        one(end + 1);
    }

    private void open() {
        outer.push(before.and(last));
        before = Weight.CHARACTER;
        last = Weight.NOTHING;
        at++;
        if (outer.size() > DEPTH_MAX) {
            throw BuiltinFault.of(
                    "error parsing regexp: expression nests too deeply: `%s`", shown());
        }
    }

    private void close() {
        if (!outer.isEmpty()) {
            Weight inner = before.and(last);
            before = outer.pop();
            last = inner;
        }
        at++;
    }

    private void repeat() {
        if (!repeat.region(at, text.length()).lookingAt()) {
            one(at + 1);
            return;
        }
        String bound = repeat.group(3);
        long count = Long.parseLong(bound == null || bound.isEmpty() ? repeat.group(1) : bound);
        last = last.times(Math.max(1, count));
        if (count > REPEAT_MAX || last.repeats > REPEAT_MAX) {
            throw BuiltinFault.of(
                    "error parsing regexp: invalid repeat count: `%s`", repeat.group());
        }
        at = repeat.end();
    }
}
