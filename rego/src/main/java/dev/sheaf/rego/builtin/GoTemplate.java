package dev.sheaf.rego.builtin;

import com.google.re2j.Matcher;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a find is replaced with: text with `$1`, `$name`, `${name}` for groups and `$$` for a
/// dollar. A name without braces is as long as letters, digits and underscores go; groups that are
/// not there are empty.
///
/// Source: the documentation of `Regexp.Expand` in Go.
record GoTemplate(List<Part> parts) {
    /// Text, or the name of a group.
    private record Part(boolean isGroup, String text) {}

    static GoTemplate parse(String template) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0) {
                dollar = template.length();
            }
            if (dollar > at) {
                parts.add(new Part(false, template.substring(at, dollar)));
            }
            at = dollar;
            if (at < template.length()) {
                at = afterDollar(template, at, parts);
            }
        }
        return new GoTemplate(parts);
    }

    private static int afterDollar(String template, int dollar, List<Part> parts) {
        if (template.startsWith("$", dollar + 1)) {
            parts.add(new Part(false, "$"));
            return dollar + 2;
        }
        boolean isBraced = template.startsWith("{", dollar + 1);
        int start = dollar + (isBraced ? 2 : 1);
        int end = start;
        while (end < template.length() && isInName(template.codePointAt(end))) {
            end += Character.charCount(template.codePointAt(end));
        }
        if (end == start || isBraced && !template.startsWith("}", end)) {
            parts.add(new Part(false, "$"));
            return dollar + 1;
        }
        parts.add(new Part(true, template.substring(start, end)));
        return isBraced ? end + 1 : end;
    }

    private static boolean isInName(int character) {
        return character == '_' || Character.isLetter(character) || Character.isDigit(character);
    }

    void expand(Matcher found, StringBuilder out) {
        for (Part part : parts) {
            if (part.isGroup) {
                String group = group(found, part.text);
                out.append(group == null ? "" : group);
            } else {
                out.append(part.text);
            }
        }
    }

    private static @Nullable String group(Matcher found, String name) {
        boolean isNumber = name.length() < 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber && (name.length() == 1 || name.charAt(0) != '0')) {
            int number = Integer.parseInt(name);
            return number <= found.groupCount() ? found.group(number) : null;
        }
        Map<String, Integer> names = found.pattern().namedGroups();
        Integer number = names.get(name);
        return number == null ? null : found.group(number);
    }
}
