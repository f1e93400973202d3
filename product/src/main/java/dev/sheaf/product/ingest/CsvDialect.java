package dev.sheaf.product.ingest;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

/// How a CSV file separates and quotes: single ASCII bytes, as in RFC 4180 with other characters.
///
/// @param quote the quote, or [#NONE]
/// @param escape what makes a quote inside quotes a character: usually the quote itself, or [#NONE]
///   if there is no quote
/// @param header whether the first record holds names
public record CsvDialect(byte delimiter, byte quote, byte escape, boolean header) {
    /// No such character.
    public static final byte NONE = 0;

    public CsvDialect {
        if (delimiter == NONE
                || delimiter == quote
                || delimiter == '\n'
                || delimiter == '\r'
                || quote == '\n'
                || quote == '\r') {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a CSV file's delimiter and quote must be different characters and no line"
                            + " ends");
        }
    }

    boolean quoted() {
        return quote != NONE;
    }

    /// The one ASCII character that a descriptor's text stands for.
    ///
    /// @throws Problem INVALID_VALUE when it is longer or not ASCII
    static byte character(String what, String text) {
        String one = text.equals("\\t") || text.equalsIgnoreCase("tab") ? "\t" : text;
        if (one.isEmpty() || one.equalsIgnoreCase("none")) {
            return NONE;
        }
        if (one.length() != 1 || one.charAt(0) > 0x7f) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "sheaf.source " + what + " must be one ASCII character (or tab, or none)");
        }
        return (byte) one.charAt(0);
    }

    /// The character as a SQL literal for `read_csv`.
    static String sql(byte character) {
        return character == NONE ? "''" : SqlText.text(String.valueOf((char) character));
    }
}
