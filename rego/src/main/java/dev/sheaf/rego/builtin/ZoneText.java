package dev.sheaf.rego.builtin;

/// How long the abbreviation of a time zone at the start of a text is. Any abbreviation will do:
/// three to five capital letters, `GMT` with hours, or signed hours.
///
/// Source: the behaviour of Go's `time.Parse`.
final class ZoneText {
    private static final int LETTERS_MAX = 5;

    private ZoneText() {}

    /// 0 when there is none.
    static int length(String text) {
        if (text.length() < 3) {
            return 0;
        }
        if (text.startsWith("UTC")) {
            return 3;
        }
        if (text.startsWith("ChST") || text.startsWith("MeST")) {
            return 4;
        }
        if (text.startsWith("GMT")) {
            return 3 + signedHoursLength(text, 3);
        }
        if (text.charAt(0) == '+' || text.charAt(0) == '-') {
            return signedHoursLength(text, 0);
        }
        int letters = 0;
        while (letters <= LETTERS_MAX
                && letters < text.length()
                && text.charAt(letters) >= 'A'
                && text.charAt(letters) <= 'Z') {
            letters++;
        }
        return switch (letters) {
            case 3 -> 3;
            case 4 -> text.charAt(3) == 'T' || text.startsWith("WITA") ? 4 : 0;
            case 5 -> text.charAt(4) == 'T' ? 5 : 0;
            default -> 0;
        };
    }

    private static int signedHoursLength(String text, int start) {
        if (start >= text.length() || text.charAt(start) != '+' && text.charAt(start) != '-') {
            return 0;
        }
        int end = start + 1;
        int hours = 0;
        while (end < text.length() && GoLayout.isDigit(text.charAt(end)) && hours <= 23) {
            hours = hours * 10 + text.charAt(end) - '0';
            end++;
        }
        return end == start + 1 || hours > 23 ? 0 : end - start;
    }
}
