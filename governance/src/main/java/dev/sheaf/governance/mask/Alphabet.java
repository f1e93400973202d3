package dev.sheaf.governance.mask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Characters that may stand for each other: a digit for a digit, a small letter for a small letter
/// of its script. Characters of no alphabet (punctuation, spaces, symbols, marks) stay what they
/// are; of scripts that are not listed, letters cannot be tokenised.
///
/// The lists never change, since what was tokenised has to be read again.
enum Alphabet {
    DIGITS('0', '9'),
    LATIN_SMALL('a', 'z'),
    LATIN_CAPITAL('A', 'Z'),
    LATIN_1_SMALL(0xdf, 0xff, point -> point != 0xf7),
    LATIN_1_CAPITAL(0xc0, 0xde, point -> point != 0xd7),
    LATIN_EXTENDED_SMALL(0x100, 0x17f, Alphabet::isSmallExtended),
    LATIN_EXTENDED_CAPITAL(0x100, 0x17f, point -> !isSmallExtended(point)),
    GREEK_SMALL(0x3b1, 0x3c9),
    GREEK_SMALL_ACCENTED(0x3ac, 0x3af),
    GREEK_SMALL_LAST(0x3ca, 0x3ce),
    GREEK_CAPITAL(0x391, 0x3a9, point -> point != 0x3a2),
    GREEK_CAPITAL_ACCENTED(
            0x386, 0x38f, point -> point != 0x387 && point != 0x38b && point != 0x38d),
    GREEK_CAPITAL_DIAERESIS(0x3aa, 0x3ab),
    CYRILLIC_SMALL(0x430, 0x44f),
    CYRILLIC_SMALL_EXTENDED(0x450, 0x45f),
    CYRILLIC_CAPITAL(0x410, 0x42f),
    CYRILLIC_CAPITAL_EXTENDED(0x400, 0x40f),
    HEBREW(0x5d0, 0x5ea),
    ARABIC(0x621, 0x64a, point -> point < 0x63b || point > 0x640),
    ARABIC_DIGITS(0x660, 0x669),
    DEVANAGARI(0x905, 0x939),
    THAI(0xe01, 0xe2e),
    HIRAGANA(0x3041, 0x3094),
    KATAKANA(0x30a1, 0x30fa),
    HAN(0x4e00, 0x9fa5),
    HANGUL(0xac00, 0xd7a3),
    FULL_WIDTH_DIGITS(0xff10, 0xff19);

    /// In the Latin Extended-A block the two cases alternate, with two changes of step.
    private static boolean isSmallExtended(int point) {
        if (point == 0x138 || point == 0x149 || point == 0x17f) {
            return true;
        }
        boolean isSmallOdd = point < 0x138 || (point >= 0x14a && point < 0x178);
        return isSmallOdd ? point % 2 == 1 : point != 0x178 && point % 2 == 0;
    }

    private static final Map<Integer, Alphabet> BY_POINT = new HashMap<>();

    static {
        for (Alphabet alphabet : values()) {
            for (int point : alphabet.points) {
                BY_POINT.put(point, alphabet);
            }
        }
    }

    private final int[] points;

    Alphabet(int first, int last) {
        this(first, last, point -> true);
    }

    Alphabet(int first, int last, IntPredicate isPart) {
        List<Integer> list = new ArrayList<>();
        for (int point = first; point <= last; point++) {
            if (isPart.test(point)) {
                list.add(point);
            }
        }
        points = list.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Empty for characters of no alphabet.
    static Optional<Alphabet> of(int point) {
        return Optional.ofNullable(BY_POINT.get(point));
    }

    int size() {
        return points.length;
    }

    int point(int index) {
        return points[index];
    }

    /// The place of one of its characters.
    int index(int point) {
        return java.util.Arrays.binarySearch(points, point);
    }
}
