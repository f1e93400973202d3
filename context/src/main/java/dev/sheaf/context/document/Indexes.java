package dev.sheaf.context.document;

/// Indices of arrays in JSON pointers (RFC 6901): digits without leading zeros.
public final class Indexes {
    private static final int DIGITS_MAX = 9;

    private Indexes() {}

    /// The index, or -1 when the text is none.
    public static int parse(String text) {
        int length = text.length();
        boolean zeroFirst = length > 1 && text.charAt(0) == '0';
        if (length == 0 || length > DIGITS_MAX || zeroFirst) {
            return -1;
        }
        int index = 0;
        for (int at = 0; at < length; at++) {
            char digit = text.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            index = index * 10 + digit - '0';
        }
        return index;
    }
}
