package dev.sheaf.rego.builtin;

/// Orders keys so that numbers in them count as numbers: `a2` before `a10`.
///
/// Source: the order in which Go's package `yaml.v2` writes keys.
final class NaturalOrder {
    private NaturalOrder() {}

    static int compare(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        boolean isAfterDigit = false;
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return compareAt(a, b, i, isAfterDigit);
            }
            isAfterDigit = Character.isDigit(a[i]);
        }
        return Integer.compare(a.length, b.length);
    }

    private static int compareAt(int[] a, int[] b, int at, boolean isAfterDigit) {
        boolean isLetter = Character.isLetter(a[at]);
        boolean isOtherLetter = Character.isLetter(b[at]);
        if (isLetter && isOtherLetter) {
            return Integer.compare(a[at], b[at]);
        }
        if (isLetter || isOtherLetter) {
            return isLetter == isAfterDigit ? -1 : 1;
        }
        // Zeros count only when they do not lead.
        long start = (a[at] == '0' || b[at] == '0') && hasNumberBefore(a, at) ? 1 : 0;
        int end = numberEnd(a, at);
        int otherEnd = numberEnd(b, at);
        int byNumber = Long.compare(number(a, at, end, start), number(b, at, otherEnd, start));
        if (byNumber != 0) {
            return byNumber;
        }
        return end != otherEnd ? Integer.compare(end, otherEnd) : Integer.compare(a[at], b[at]);
    }

    private static boolean hasNumberBefore(int[] text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text[i]); i--) {
            if (text[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int numberEnd(int[] text, int at) {
        int end = at;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int start, int end, long before) {
        long number = before;
        for (int i = start; i < end; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
