package dev.sheaf.context.json;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// JSON pointers (RFC 6901) as lists of unescaped steps.
public final class JsonPointers {
    private JsonPointers() {}

    /// The steps of a pointer; the empty pointer has none.
    ///
    /// @throws Problem INVALID_VALUE when the text is no pointer
    public static List<String> parse(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (pointer.charAt(0) != '/') {
            throw invalid(pointer, "a pointer is empty or begins with a slash, as in /customer/id");
        }
        List<String> steps = new ArrayList<>(4);
        int from = 1;
        for (int to = pointer.indexOf('/', 1); to >= 0; to = pointer.indexOf('/', from)) {
            steps.add(step(pointer, from, to));
            from = to + 1;
        }
        steps.add(step(pointer, from, pointer.length()));
        return Collections.unmodifiableList(steps);
    }

    private static String step(String pointer, int from, int to) {
        String step = pointer.substring(from, to);
        if (step.indexOf('~') >= 0) {
            return unescape(step, pointer);
        }
        boolean isKey = !step.isEmpty() && !Character.isDigit(step.charAt(0));
        return isKey ? KeyNames.of(step) : step;
    }

    private static String unescape(String step, String pointer) {
        StringBuilder text = new StringBuilder(step.length());
        for (int index = 0; index < step.length(); index++) {
            char c = step.charAt(index);
            if (c != '~') {
                text.append(c);
                continue;
            }
            index++;
            char escaped = index < step.length() ? step.charAt(index) : ' ';
            if (escaped != '0' && escaped != '1') {
                throw invalid(pointer, "write a tilde as ~0 and a slash in a name as ~1");
            }
            text.append(escaped == '0' ? '~' : '/');
        }
        return text.toString();
    }

    public static String of(List<String> steps) {
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/').append(escape(step)));
        return pointer.toString();
    }

    public static String append(String pointer, String step) {
        return pointer + "/" + escape(step);
    }

    private static String escape(String step) {
        return step.replace("~", "~0").replace("/", "~1");
    }

    private static Problem invalid(String pointer, String allowed) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'" + JsonValues.shown(pointer) + "' is not a JSON pointer: " + allowed);
    }
}
