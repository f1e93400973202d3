package dev.sheaf.node.flightsql;

/// A pattern of the SQL standard's LIKE: `%` for any text, `_` for any one character, and `\`
/// before either to mean itself. Case counts. Takes time in the product of both lengths at most,
/// whatever the pattern.
///
/// @param like as the client wrote it
record LikePattern(String like) {
    static final char ESCAPE = '\\';
    private static final char ANY_TEXT = '%';
    private static final char ANY_ONE = '_';

    boolean matches(String text) {
        int at = 0;
        int wanted = 0;
        int textAtAny = -1;
        int likeAtAny = -1;
        while (at < text.length()) {
            if (wanted < like.length() && like.charAt(wanted) == ANY_TEXT) {
                likeAtAny = ++wanted;
                textAtAny = at;
            } else if (wanted < like.length() && isOne(wanted, text.charAt(at))) {
                wanted += width(wanted);
                at++;
            } else if (likeAtAny >= 0) {
                wanted = likeAtAny;
                at = ++textAtAny;
            } else {
                return false;
            }
        }
        while (wanted < like.length() && like.charAt(wanted) == ANY_TEXT) {
            wanted++;
        }
        return wanted == like.length();
    }

    private boolean isOne(int wanted, char c) {
        return width(wanted) > 1
                ? like.charAt(wanted + 1) == c
                : like.charAt(wanted) == ANY_ONE || like.charAt(wanted) == c;
    }

    private int width(int wanted) {
        return like.charAt(wanted) == ESCAPE && wanted + 1 < like.length() ? 2 : 1;
    }
}
