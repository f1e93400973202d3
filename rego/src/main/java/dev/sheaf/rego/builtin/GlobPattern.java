package dev.sheaf.rego.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.List;

/// A glob, as an expression that matches in linear time: `*` any characters but delimiters, `**`
/// any characters, `?` one that is no delimiter, `[abc]`, `[a-z]`, `[!a]` one of a class, `{a,b}`
/// alternatives, which may nest, `\` before a character that stands for itself.
///
/// Source: the documentation of the Go library gobwas/glob, which OPA uses.
record GlobPattern(Pattern pattern) {
    private static final String META = "*?\\[]{}";

    boolean matches(String text) {
        return pattern.matches(text);
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (META.indexOf(text.charAt(i)) >= 0) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }

    /// @param delimiters single characters
    /// @throws BuiltinFault when it is no glob
    static GlobPattern parse(String glob, List<Integer> delimiters) {
        String expression = new Translation(glob, delimiters).run();
        ExpressionLimits.check(expression);
        try {
            return new GlobPattern(Pattern.compile(expression, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw BuiltinFault.of(String.valueOf(e.getMessage()));
        }
    }

    /// Goes once through the glob.
    private static final class Translation {
        private final int[] glob;
        private final String single;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int level;

        Translation(String glob, List<Integer> delimiters) {
            this.glob = glob.codePoints().toArray();
            StringBuilder delimiterClass = new StringBuilder();
            delimiters.forEach(delimiter -> append(delimiterClass, delimiter));
            this.single = delimiterClass.isEmpty() ? "." : "[^" + delimiterClass + "]";
        }

        /// A character in a class or outside of one, whatever it means there.
        private static void append(StringBuilder out, int character) {
            out.append("\\x{").append(Integer.toHexString(character)).append('}');
        }

        String run() {
            while (at < glob.length) {
                int c = glob[at++];
                switch (c) {
                    case '{' -> {
                        level++;
                        out.append("(?:");
                    }
                    case '}' -> close();
                    case ',' -> out.append(level > 0 ? "|" : ",");
                    case '[' -> range();
                    case '?' -> out.append(single);
                    case '*' -> {
                        boolean isSuper = at < glob.length && glob[at] == '*';
                        at += isSuper ? 1 : 0;
                        out.append(isSuper ? "." : single).append('*');
                    }
                    case '\\' -> {
                        if (at < glob.length) {
                            append(out, glob[at++]);
                        }
                    }
                    default -> append(out, c);
                }
            }
            return out.append(")".repeat(level)).toString();
        }

        private void close() {
            if (level > 0) {
                level--;
                out.append(')');
            } else {
                append(out, '}');
            }
        }

        private void range() {
            boolean isNegated = at < glob.length && glob[at] == '!';
            at += isNegated ? 1 : 0;
            out.append(isNegated ? "[^" : "[");
            if (at + 1 < glob.length && glob[at + 1] == '-') {
                bounds();
            } else {
                list();
            }
            if (at >= glob.length) {
                throw BuiltinFault.of("unexpected end of input");
            }
            if (glob[at++] != ']') {
                throw BuiltinFault.of("expected close range character");
            }
            out.append(']');
        }

        private void bounds() {
            if (at + 2 >= glob.length) {
                throw BuiltinFault.of("unexpected end of input");
            }
            int low = glob[at];
            int high = glob[at + 2];
            if (high < low) {
                throw BuiltinFault.of(
                        "hi character '%s' should be greater than lo '%s'",
                        Character.toString(high), Character.toString(low));
            }
            append(out, low);
            out.append('-');
            append(out, high);
            at += 3;
        }

        private void list() {
            int start = at;
            while (at < glob.length && glob[at] != ']') {
                if (glob[at] == '\\') {
                    at++;
                }
                if (at < glob.length) {
                    append(out, glob[at++]);
                }
            }
            if (at == start && at < glob.length) {
                throw BuiltinFault.of("could not parse range");
            }
        }
    }
}
