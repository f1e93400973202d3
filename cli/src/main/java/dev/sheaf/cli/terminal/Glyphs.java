package dev.sheaf.cli.terminal;

import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;

/// Text as a terminal shows it: how many columns it takes, and what of it may be sent there at all.
public final class Glyphs {
    /// First and last code points of the wide ranges of Unicode's East Asian Width (UAX #11, W and
    /// F).
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x2E80, 0x303E, 0x3041,
        0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3,
        0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0,
        0x18CFF, 0x1AFF0, 0x1B2FB, 0x1F200, 0x1F265, 0x20000, 0x3FFFD
    };

    private static final int VARIATION_EMOJI = 0xFE0F;

    private Glyphs() {}

    /// Columns that the text takes. A grapheme cluster (a letter with its accents, a family emoji)
    /// counts once.
    public static int columns(String text) {
        boolean plain = true;
        for (int at = 0; at < text.length() && plain; at++) {
            plain = text.charAt(at) < 0x300;
        }
        if (plain) {
            return text.length();
        }
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int columns = 0;
        int start = clusters.first();
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            columns += clusterColumns(text.substring(start, end));
            start = end;
        }
        return columns;
    }

    /// The text if it fits, else as much of it as fits with an ellipsis.
    public static String cut(String text, int columnsMax) {
        if (columns(text) <= columnsMax) {
            return text;
        }
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int columns = 0;
        int start = clusters.first();
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            columns += clusterColumns(text.substring(start, end));
            if (columns > columnsMax - 1) {
                break;
            }
            start = end;
        }
        return text.substring(0, start) + "…";
    }

    /// The text with everything that would steer a terminal (escape sequences, line ends, direction
    /// overrides) spelled out.
    public static String harmless(String text) {
        if (text.codePoints().noneMatch(Glyphs::isSteering)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(point -> {
                    if (!isSteering(point)) {
                        shown.appendCodePoint(point);
                    } else if (point == '\n') {
                        shown.append("\\n");
                    } else if (point == '\r') {
                        shown.append("\\r");
                    } else if (point == '\t') {
                        shown.append("\\t");
                    } else {
                        shown.append(String.format(Locale.ROOT, "\\u%04x", point));
                    }
                });
        return shown.toString();
    }

    /// As [#harmless], but line ends and tabs stay: for messages of several lines.
    public static String harmlessLines(String text) {
        return String.join(
                "\n",
                Arrays.stream(text.split("\n", -1))
                        .map(line -> harmless(line.replace("\t", "    ").replace("\r", "")))
                        .toList());
    }

    private static boolean isSteering(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x2028
                || point == 0x2029;
    }

    private static int clusterColumns(String cluster) {
        int first = cluster.codePointAt(0);
        if (Character.isEmojiPresentation(first)
                || (Character.isEmoji(first) && cluster.indexOf(VARIATION_EMOJI) > 0)) {
            return 2;
        }
        int widest = 0;
        for (int at = 0;
                at < cluster.length();
                at += Character.charCount(cluster.codePointAt(at))) {
            widest = Math.max(widest, pointColumns(cluster.codePointAt(at)));
        }
        return widest;
    }

    private static int pointColumns(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.CONTROL ->
                    0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        int found = Arrays.binarySearch(WIDE, point);
        // Between two bounds: inside a range when the bound before it opens one.
        return found >= 0 || (-found - 1) % 2 == 1;
    }
}
