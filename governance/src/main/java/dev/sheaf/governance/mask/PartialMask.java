package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// Covers the middle of a text and leaves its ends. A text that would stay visible in full, or of
/// which less than half would be covered, is covered in full.
///
/// Characters are code points. A combining mark is covered or left with its letter.
///
/// @param keepFirst how many characters to leave, from 0 to 64
/// @param keepLast how many characters to leave, from 0 to 64
/// @param cover instead of the others; one code point, neither letter nor digit
/// @param keepsPunctuation leaves what is neither letter nor digit, and does not count it
public record PartialMask(int keepFirst, int keepLast, int cover, boolean keepsPunctuation) {
    private static final int KEEP_MAX = 64;

    public PartialMask {
        requireKept("keepFirst", keepFirst);
        requireKept("keepLast", keepLast);
        if (!Character.isValidCodePoint(cover)
                || Character.isLetterOrDigit(cover)
                || Character.isISOControl(cover)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "code point "
                            + cover
                            + " cannot cover others: use a symbol such as '*', which nobody takes"
                            + " for a part of the value");
        }
    }

    /// With `*`.
    public PartialMask(int keepFirst, int keepLast) {
        this(keepFirst, keepLast, '*', false);
    }

    private static void requireKept(String what, int count) {
        if (count < 0 || count > KEEP_MAX) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE, what + " is " + count + "; allowed are 0 to 64");
        }
    }

    public String mask(String text) {
        int[] points = text.codePoints().toArray();
        int letters = 0;
        for (int point : points) {
            letters += counts(point) ? 1 : 0;
        }
        boolean isLongEnough = letters >= 2 * (keepFirst + keepLast);
        int first = isLongEnough ? keepFirst : 0;
        int last = isLongEnough ? letters - keepLast : letters;
        int seen = 0;
        for (int i = 0; i < points.length; i++) {
            int place = seen;
            if (counts(points[i])) {
                seen++;
            } else if (isMark(points[i]) && seen > 0) {
                place = seen - 1;
            } else {
                continue;
            }
            if (place >= first && place < last) {
                points[i] = cover;
            }
        }
        return new String(points, 0, points.length);
    }

    private boolean counts(int point) {
        return !isMark(point) && (!keepsPunctuation || Character.isLetterOrDigit(point));
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }
}
