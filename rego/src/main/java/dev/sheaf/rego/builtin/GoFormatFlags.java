package dev.sheaf.rego.builtin;

/// What stands between the percent sign and the verb of a Go format: flags, width, precision.
final class GoFormatFlags {
    boolean isSharp;
    boolean isZero;
    boolean isPlus;
    boolean isMinus;
    boolean isSpace;

    /// `#` before the verb `v`.
    boolean isGoSyntax;

    /// `+` before the verb `v`.
    boolean isPlusDefault;

    /// -1 when none is given.
    int width;

    /// -1 when none is given.
    int precision;

    void clear() {
        isSharp = false;
        isZero = false;
        isPlus = false;
        isMinus = false;
        isSpace = false;
        isGoSyntax = false;
        isPlusDefault = false;
        width = -1;
        precision = -1;
    }

    /// @return false when the character is no flag
    boolean set(char flag) {
        switch (flag) {
            case '#' -> isSharp = true;
            case '0' -> isZero = true;
            case '+' -> isPlus = true;
            case '-' -> isMinus = true;
            case ' ' -> isSpace = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    void forDefaultVerb() {
        isGoSyntax = isSharp;
        isSharp = false;
        isPlusDefault = isPlus;
        isPlus = false;
    }

    /// A negative one aligns to the left.
    void setWidth(int signed) {
        width = Math.abs(signed);
        if (signed < 0) {
            isMinus = true;
            isZero = false;
        }
    }

    void setPrecision(int characters) {
        precision = characters;
    }

    /// Cut to as many characters as the precision says.
    String truncated(String text) {
        return precision < 0 || text.codePointCount(0, text.length()) <= precision
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    boolean isZeroPadded() {
        return isZero && !isMinus;
    }

    /// Appends the text filled up to the width.
    void pad(StringBuilder out, String text) {
        pad(out, text, isZeroPadded() ? '0' : ' ');
    }

    void pad(StringBuilder out, String text, char filler) {
        int missing = width - text.codePointCount(0, text.length());
        if (isMinus) {
            out.append(text);
        }
        out.repeat(isMinus ? ' ' : filler, Math.max(0, missing));
        if (!isMinus) {
            out.append(text);
        }
    }
}
