package dev.sheaf.governance.audit.note;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

/// What is said about texts that are not in their format.
final class NoteFault {
    private static final int SHOWN_CHARACTERS_MAX = 80;

    private NoteFault() {}

    static Problem malformed(String what) {
        return malformed(what, null);
    }

    static Problem malformed(String what, @Nullable Throwable cause) {
        return new Problem(ProblemCode.UNREADABLE_INPUT, what, cause);
    }

    /// A part of the input as it may stand in a message.
    static String shown(String value) {
        StringBuilder text = new StringBuilder();
        int length = Math.min(value.length(), SHOWN_CHARACTERS_MAX);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return value.length() > length ? text.append('…').toString() : text.toString();
    }
}
