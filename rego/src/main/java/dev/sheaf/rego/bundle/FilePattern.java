package dev.sheaf.rego.bundle;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A pattern of file names, as in the manifest's versions: `*` for any characters, also slashes,
/// `?` for one, `[a-z]` and `[!a-z]` for one of some, `{a,b}` for one of several texts, `\` before
/// a character that stands for itself. Names may be given with a slash in front or without.
record FilePattern(String text, Pattern pattern) {
    private static final String QUOTED = ".+()^$|";

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE when it is no pattern
    static FilePattern of(String text) {
        StringBuilder out = new StringBuilder();
        int level = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> out.append(".*");
                case '?' -> out.append('.');
                case '{' -> {
                    out.append("(?:");
                    level++;
                }
                case '}' -> {
                    out.append(level > 0 ? ")" : "\\}");
                    level -= level > 0 ? 1 : 0;
                }
                case ',' -> out.append(level > 0 ? "|" : ",");
                case '!' -> out.append(out.toString().endsWith("[") ? "^" : "!");
                case '\\' -> {
                    i++;
                    out.append(Pattern.quote(i < text.length() ? text.substring(i, i + 1) : "\\"));
                }
                default -> out.append(QUOTED.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        try {
            return new FilePattern(text, Pattern.compile(out.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw Faults.invalid(
                    BundleFile.MANIFEST,
                    "\"" + text + "\" in file_rego_versions is no pattern; use *, ?, [a-z], {a,b}");
        }
    }

    boolean matches(String name) {
        return pattern.matches(name) || pattern.matches("/" + name);
    }
}
