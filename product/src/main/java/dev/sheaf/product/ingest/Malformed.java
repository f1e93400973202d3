package dev.sheaf.product.ingest;

/// A record that cannot be read as one.
///
/// @param line the line it begins on, from 1
/// @param row its number among the file's records, from 1, counting malformed ones
/// @param raw its text, cut to [#RAW_CHARACTERS_MAX]; bytes that are no text are shown as U+FFFD
/// @param fault which rule of the format it breaks
/// @param value what breaks it, empty when nothing in particular does
public record Malformed(long line, long row, String raw, Fault fault, String value) {
    public static final int RAW_CHARACTERS_MAX = 1 << 16;

    /// What can be wrong with a record; [#rule()] is the name in quarantine.
    public enum Fault {
        COLUMNS("csv.columns"),
        QUOTING("csv.quoting"),
        ENCODING("csv.encoding"),
        NUL("csv.nul"),
        TOO_LONG("csv.tooLong"),
        JSON("json.malformed");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }
    }
}
