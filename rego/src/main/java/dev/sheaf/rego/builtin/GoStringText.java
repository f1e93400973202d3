package dev.sheaf.rego.builtin;

/// Texts under the verbs of Go's `fmt`.
final class GoStringText {
    private GoStringText() {}

    /// @return false when the verb is none for texts
    static boolean print(StringBuilder out, GoFormatFlags flags, String text, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.isGoSyntax) {
                    quoted(out, flags, text);
                } else {
                    flags.pad(out, flags.truncated(text));
                }
            }
            case 's' -> flags.pad(out, flags.truncated(text));
            case 'q' -> quoted(out, flags, text);
            case 'x' -> hexadecimal(out, flags, Utf8.bytes(text), "0123456789abcdef", "0x");
            case 'X' -> hexadecimal(out, flags, Utf8.bytes(text), "0123456789ABCDEF", "0X");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void quoted(StringBuilder out, GoFormatFlags flags, String text) {
        String kept = flags.truncated(text);
        flags.pad(
                out,
                flags.isSharp && GoQuotedText.canBackquote(kept)
                        ? "`" + kept + "`"
                        : GoQuotedText.of(kept, flags.isPlus));
    }

    private static void hexadecimal(
            StringBuilder out, GoFormatFlags flags, byte[] bytes, String digits, String prefix) {
        int length = flags.precision < 0 ? bytes.length : Math.min(flags.precision, bytes.length);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            if (flags.isSpace && i > 0) {
                text.append(' ');
            }
            if (flags.isSharp && (flags.isSpace || i == 0)) {
                text.append(prefix);
            }
            text.append(digits.charAt(bytes[i] >> 4 & 15)).append(digits.charAt(bytes[i] & 15));
        }
        flags.pad(out, text.toString());
    }
}
