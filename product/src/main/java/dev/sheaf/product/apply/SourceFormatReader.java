package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;
import dev.sheaf.product.SourceFormat;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the value of `sheaf.source`.
final class SourceFormatReader {
    private static final List<String> FORMATS = List.of("csv", "json", "ndjson", "parquet");
    private static final List<String> CSV_ONLY =
            List.of(
                    "delimiter",
                    "quote",
                    "escape",
                    "header",
                    "nullStrings",
                    "skipLines",
                    "comment",
                    "decimalSeparator",
                    "columns");
    private static final List<String> KNOWN =
            List.of(
                    "format",
                    "delimiter",
                    "quote",
                    "escape",
                    "header",
                    "encoding",
                    "nullStrings",
                    "skipLines",
                    "comment",
                    "dateFormat",
                    "timestampFormat",
                    "decimalSeparator",
                    "columns",
                    "extraColumns");
    private static final char ASCII_END = 0x80;

    private final Source source;
    private final Strict map;
    private final Findings findings;

    SourceFormatReader(Source source, Node.Mapping mapping, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.map = new Strict(source, mapping, "'" + SheafProperties.SOURCE + "'", findings);
    }

    SourceFormat read() {
        map.allowOnly(KNOWN);
        SourceFormat format =
                new SourceFormat(
                        format(),
                        delimiter(),
                        letter("quote"),
                        letter("escape"),
                        map.flag("header"),
                        encoding(),
                        map.texts("nullStrings"),
                        skipLines(),
                        letter("comment"),
                        map.text("dateFormat"),
                        map.text("timestampFormat"),
                        decimalSeparator(),
                        columns(),
                        ignoresExtraColumns());
        requireConsistent(format);
        return format;
    }

    private boolean ignoresExtraColumns() {
        Optional<String> policy = map.text("extraColumns");
        policy.filter(text -> !text.equals("ignore") && !text.equals("refuse"))
                .ifPresent(text -> error("extraColumns", "extraColumns is refuse or ignore"));
        return policy.filter("ignore"::equals).isPresent();
    }

    private Optional<String> format() {
        Optional<String> format = map.text("format").map(text -> text.toLowerCase(Locale.ROOT));
        format.filter(name -> !FORMATS.contains(name))
                .ifPresent(name ->
                        error(
                                "format",
                                "format '"
                                        + Finding.shown(name)
                                        + "' is not known"
                                        + NearMiss.hint(name, FORMATS)
                                        + "; Sheaf reads "
                                        + String.join(", ", FORMATS)));
        return format;
    }

    private Optional<String> delimiter() {
        Optional<String> delimiter = map.text("delimiter").map(SourceFormatReader::tab);
        delimiter
                .filter(text -> !isOneCharacter(text))
                .ifPresent(text ->
                        error(
                                "delimiter",
                                "a delimiter is one ASCII character; a tab is written"
                                        + " \"\\t\" in double quotes, or tab"));
        return delimiter;
    }

    private static String tab(String text) {
        return text.equals("\\t") || text.equalsIgnoreCase("tab") ? "\t" : text;
    }

    /// One character, or none to switch it off.
    private Optional<String> letter(String key) {
        Optional<String> letter =
                map.anyText(key).map(text -> text.equalsIgnoreCase("none") ? "" : text);
        letter.filter(text -> !text.isEmpty() && !isOneCharacter(text))
                .ifPresent(text ->
                        error(
                                key,
                                key
                                        + " is one ASCII character, or \"\" for none, not '"
                                        + Finding.shown(text)
                                        + "'"));
        return letter;
    }

    private static boolean isOneCharacter(String text) {
        return text.length() == 1
                && text.charAt(0) < ASCII_END
                && text.charAt(0) != '\n'
                && text.charAt(0) != '\r';
    }

    private Optional<String> encoding() {
        Optional<String> encoding = map.text("encoding");
        encoding.filter(name -> !isSupported(name))
                .ifPresent(name ->
                        error(
                                "encoding",
                                "encoding '"
                                        + Finding.shown(name)
                                        + "' is not known; write an IANA name such as"
                                        + " UTF-8, ISO-8859-1, windows-1252 or UTF-16LE"));
        return encoding;
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private OptionalInt skipLines() {
        Optional<Node.Number> written = map.number("skipLines");
        if (written.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int lines = written.get().value().intValueExact();
            if (lines >= 0) {
                return OptionalInt.of(lines);
            }
        } catch (ArithmeticException e) {
            // reported below, like a negative number
        }
        error("skipLines", "skipLines is a whole number, 0 or more");
        return OptionalInt.empty();
    }

    private Optional<String> decimalSeparator() {
        Optional<String> separator = map.text("decimalSeparator");
        separator
                .filter(text -> !text.equals(".") && !text.equals(","))
                .ifPresent(text -> error("decimalSeparator", "decimalSeparator is \".\" or \",\""));
        return separator;
    }

    private List<String> columns() {
        List<String> columns = map.texts("columns");
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isBlank() || !seen.add(column.toLowerCase(Locale.ROOT))) {
                error(
                        "columns",
                        "columns must have names that differ in more than case; '"
                                + Finding.shown(column)
                                + "' is "
                                + (column.isBlank() ? "empty" : "there twice"));
            }
        }
        return columns;
    }

    private void requireConsistent(SourceFormat format) {
        if (format.header().orElse(false) && !format.columns().isEmpty()) {
            error(
                    "columns",
                    "a file has a header line or its columns are named here, not both: leave out"
                            + " columns, or say header: false");
        }
        format.format()
                .filter(name -> !name.equals("csv") && FORMATS.contains(name))
                .ifPresent(this::refuseCsvOnly);
        format.delimiter()
                .filter(d -> format.quote().equals(Optional.of(d)))
                .ifPresent(d -> error("quote", "quote and delimiter cannot be the same"));
        if (format.delimiter().isPresent()
                && format.delimiter().equals(format.decimalSeparator())) {
            error("decimalSeparator", "decimalSeparator and delimiter cannot be the same");
        }
    }

    private void refuseCsvOnly(String format) {
        for (String key : CSV_ONLY) {
            if (map.mapping().members().containsKey(key)) {
                error(key, "'" + key + "' is for csv; it means nothing for " + format);
            }
        }
    }

    private void error(String key, String message) {
        findings.error(
                source, map.mapping().get(key).map(Node::at).orElse(map.mapping().at()), message);
    }
}
