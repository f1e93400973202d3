package dev.sheaf.governance.grant;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// What people write into grants: one line of plain text, with an end.
final class Words {
    static final int NAME_CHARACTERS_MAX = 200;
    static final int PURPOSE_CHARACTERS_MAX = 200;
    static final int REASON_CHARACTERS_MAX = 1000;

    private Words() {}

    /// @throws Problem INVALID_VALUE
    static void require(String what, String text, int charactersMax) {
        if (text.isBlank()) {
            throw new Problem(ProblemCode.INVALID_VALUE, what + " is empty; say it");
        }
        requireIfSaid(what, text, charactersMax);
    }

    /// @throws Problem INVALID_VALUE
    static void requireIfSaid(String what, String text, int charactersMax) {
        int characters = text.codePointCount(0, text.length());
        if (characters > charactersMax) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    what + " has " + characters + " characters; " + charactersMax + " are allowed");
        }
        if (!isOneLine(text) || !text.equals(text.strip())) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    what
                            + " is not one line of plain text; leave out control characters, and"
                            + " blanks at its ends");
        }
    }

    /// Whether [#require] takes it.
    static boolean isPlain(String text, int charactersMax) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= charactersMax
                && isOneLine(text)
                && text.equals(text.strip());
    }

    /// Half a character is none, and what turns the direction of text or breaks lines can make a
    /// purpose look like another.
    private static boolean isOneLine(String text) {
        return text.codePoints()
                .noneMatch(point ->
                        switch (Character.getType(point)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.SURROGATE,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR ->
                                    true;
                            default -> false;
                        });
    }
}
