package dev.sheaf.product;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a product's input files are written: `sheaf.source` of its descriptor. What is empty is
/// found out from the file (format, compression and encoding by extension and first bytes;
/// delimiter, quote and header by sniffing).
///
/// @param format `csv`, `json`, `ndjson` or `parquet`
/// @param columns names in file order, for files without a header line
/// @param nullStrings texts that mean null, besides the empty field
/// @param ignoresExtraColumns whether columns that the contract does not know are left out
///   (`extraColumns: ignore`); otherwise a file that has some is refused
public record SourceFormat(
        Optional<String> format,
        Optional<String> delimiter,
        Optional<String> quote,
        Optional<String> escape,
        Optional<Boolean> header,
        Optional<String> encoding,
        List<String> nullStrings,
        OptionalInt skipLines,
        Optional<String> comment,
        Optional<String> dateFormat,
        Optional<String> timestampFormat,
        Optional<String> decimalSeparator,
        List<String> columns,
        boolean ignoresExtraColumns) {
    public static final SourceFormat DETECTED =
            new SourceFormat(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false);

    public SourceFormat {
        nullStrings = List.copyOf(nullStrings);
        columns = List.copyOf(columns);
    }
}
