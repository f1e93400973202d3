package dev.sheaf.governance.classify;

import com.google.re2j.Pattern;

/// Forms that are looked for in texts and in whole values alike.
final class TextPatterns {
    private static final int IPV6_GROUPS = 8;

    static final Pattern EMAIL =
            Pattern.compile(
                    "[\\p{L}\\p{N}][\\p{L}\\p{N}._%+'-]{0,63}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+\\p{L}{2,24}");
    static final Pattern URL =
            Pattern.compile(
                    "(?i)(?:(?:https?|ftp)://[^\\s<>\"'|]{3,}|www\\.[^\\s<>\"'|]{3,}\\.[a-z]{2,24}(?:/[^\\s<>\"'|]*)?)");
    static final Pattern IPV4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    static final Pattern IPV6 = Pattern.compile("(?i)(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}");

    private TextPatterns() {}

    static boolean isIpv4(String text) {
        for (String part : text.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
        }
        return true;
    }

    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String[] groups = text.split(":", -1);
        int filled = 0;
        for (String group : groups) {
            filled += group.isEmpty() ? 0 : 1;
        }
        return gap < 0
                ? filled == IPV6_GROUPS && groups.length == IPV6_GROUPS
                : filled >= 2 && filled < IPV6_GROUPS && isGapOnly(groups, gap, text);
    }

    /// Empty groups stand only where the gap is.
    private static boolean isGapOnly(String[] groups, int gap, String text) {
        int empty = 0;
        for (String group : groups) {
            empty += group.isEmpty() ? 1 : 0;
        }
        return empty == (gap == 0 || gap == text.length() - 2 ? 2 : 1);
    }
}
