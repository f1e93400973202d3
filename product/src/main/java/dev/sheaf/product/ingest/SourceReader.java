package dev.sheaf.product.ingest;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.SourceFormat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prepares the files of one publish for DuckDB: unpacks, decodes, sniffs, sorts out what no reader
/// could read.
///
/// @param transformNames names that the product's transform uses, in lower case; empty without one
/// @param scratch where copies go
/// @param recordBytesMax the longest record that is allowed
/// @param scans some of which may have begun already
public record SourceReader(
        ProductSpec product,
        Set<String> transformNames,
        Path scratch,
        long recordBytesMax,
        RecordScans scans) {
    public static final long RECORD_BYTES_MAX = 16L << 20;

    private static final long LINE_SIZE_MIN = 2L << 20;
    private static final Sha256 NO_DIGEST = Sha256.of(new byte[0]);

    /// Makes a file readable.
    ///
    /// @param number of the file within the publish, for the names of copies and rejects tables
    /// @param parallel whether DuckDB may read a CSV file with several threads
    /// @throws Problem UNREADABLE_INPUT with the file and the reason
    public PreparedFile prepare(
            InputFile input,
            int number,
            EngineSession session,
            boolean parallel,
            Consumer<Malformed> refused)
            throws IOException {
        Path copy = scratch.resolve("input-" + number);
        boolean text = !declared("parquet") && !endsWith(input, ".parquet");
        Path plain = Unpack.plain(input, copy, product.source().encoding(), text);
        return switch (format(input, plain)) {
            case "parquet" -> parquet(input, plain, session);
            case "json" -> json(input, plain, number, false, refused);
            case "ndjson" -> json(input, plain, number, true, refused);
            default -> csv(input, plain, number, parallel, refused);
        };
    }

    private boolean declared(String format) {
        return product.source().format().filter(format::equals).isPresent();
    }

    private static boolean endsWith(InputFile input, String extension) {
        String name = input.name().toLowerCase(Locale.ROOT);
        return name.endsWith(extension);
    }

    private String format(InputFile input, Path plain) throws IOException {
        if (product.source().format().isPresent()) {
            return product.source().format().get();
        }
        String name = input.name().toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst|zstd)$", "");
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return "ndjson";
        }
        byte[] first;
        try (InputStream in = Files.newInputStream(plain)) {
            first = in.readNBytes(64);
        }
        String beginning = new String(first, StandardCharsets.UTF_8).strip();
        if (name.endsWith(".parquet") || beginning.startsWith("PAR1")) {
            return "parquet";
        }
        boolean json =
                name.endsWith(".json")
                        || beginning.startsWith("{\"")
                        || beginning.startsWith("[{")
                        || beginning.startsWith("[\n");
        return json ? "json" : "csv";
    }

    private PreparedFile csv(
            InputFile input, Path plain, int number, boolean parallel, Consumer<Malformed> refused)
            throws IOException {
        SourceFormat format = product.source();
        CsvSniffer.Sniffed sniffed =
                CsvSniffer.sniff(
                        plain, format, knownNames(), declaredColumns().map(List::size).orElse(0));
        List<String> names = names(input, sniffed);
        CsvDialect dialect = sniffed.dialect();
        byte comment = comment();
        boolean asItIs = parallel && recordsOnly();
        RecordScan scan =
                asItIs ? scans.of(plain, dialect, recordBytesMax) : new RecordScan(0, 0, false);
        if (scan.plain()) {
            return csv(
                    input,
                    names,
                    new RecordLocator(plain, dialect, LineMap.IDENTITY),
                    scan.longestBytes(),
                    scan.records(),
                    0,
                    number,
                    parallel);
        }
        Path sieved = scratch.resolve("sieved-" + number + ".csv");
        RecordSieve.Sieved result =
                new RecordSieve(
                                dialect,
                                recordBytesMax,
                                format.skipLines().orElse(0),
                                comment,
                                OptionalInt.of(names.size()))
                        .sieve(plain, sieved, refused);
        return csv(
                input,
                names,
                new RecordLocator(sieved, dialect, result.lines()),
                result.longestBytes(),
                result.records(),
                result.malformed(),
                number,
                parallel);
    }

    private byte comment() {
        return product.source()
                .comment()
                .map(mark -> CsvDialect.character("comment", mark))
                .orElse(CsvDialect.NONE);
    }

    /// Whether CSV files have neither lines before the records nor comments among them.
    private boolean recordsOnly() {
        return product.source().skipLines().orElse(0) == 0 && comment() == CsvDialect.NONE;
    }

    /// The dialect of a file that [RecordScan] would be asked about as it is; empty for others.
    Optional<CsvDialect> dialectOfPlainCsv(Path file) throws IOException {
        InputFile input = new InputFile(file.toString(), file, NO_DIGEST, Files.size(file));
        if (declared("parquet")
                || endsWith(input, ".parquet")
                || !Unpack.isPlain(file, product.source().encoding())
                || !format(input, file).equals("csv")
                || !recordsOnly()) {
            return Optional.empty();
        }
        return Optional.of(
                CsvSniffer.sniff(
                                file,
                                product.source(),
                                knownNames(),
                                declaredColumns().map(List::size).orElse(0))
                        .dialect());
    }

    private PreparedFile csv(
            InputFile input,
            List<String> names,
            RecordLocator locator,
            long longestBytes,
            long records,
            long malformed,
            int number,
            boolean parallel) {
        List<RawColumn> columns = textColumns(names);
        CsvDialect dialect = locator.dialect();
        String relation =
                "SELECT * FROM read_csv("
                        + SqlText.text(locator.file().toString())
                        + ", auto_detect=false, header="
                        + dialect.header()
                        + ", delim="
                        + CsvDialect.sql(dialect.delimiter())
                        + ", quote="
                        + CsvDialect.sql(dialect.quote())
                        + ", escape="
                        + CsvDialect.sql(dialect.quoted() ? dialect.escape() : CsvDialect.NONE)
                        + ", nullstr=["
                        + nullTexts()
                        + "], columns={"
                        + columns.stream()
                                .map(column -> SqlText.text(column.alias()) + ": 'VARCHAR'")
                                .collect(Collectors.joining(", "))
                        + "}, strict_mode=true, store_rejects=true, rejects_table='rejects_"
                        + number
                        + "', rejects_scan='scans_"
                        + number
                        + "', parallel="
                        + parallel
                        + ", max_line_size="
                        + Math.max(LINE_SIZE_MIN, longestBytes + 2)
                        + ")";
        return new PreparedFile(
                input,
                relation,
                columns,
                records,
                malformed,
                new PreparedFile.Place.Lines(locator, "rejects_" + number));
    }

    private String nullTexts() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(""), product.source().nullStrings().stream())
                .distinct()
                .map(SqlText::text)
                .collect(Collectors.joining(", "));
    }

    /// What a file without a header must consist of.
    private Optional<List<String>> declaredColumns() {
        if (!product.source().columns().isEmpty()) {
            return Optional.of(product.source().columns());
        }
        return product.transform().isPresent()
                ? Optional.empty()
                : Optional.of(
                        product.table().columns().stream().map(ColumnContract::name).toList());
    }

    private Set<String> knownNames() {
        Set<String> names = new HashSet<>(transformNames);
        for (ColumnContract column : product.table().columns()) {
            names.add(column.name().toLowerCase(Locale.ROOT));
            column.physicalName().ifPresent(name -> names.add(name.toLowerCase(Locale.ROOT)));
        }
        return names;
    }

    private List<String> names(InputFile input, CsvSniffer.Sniffed sniffed) {
        if (sniffed.header().isEmpty()) {
            List<String> declared =
                    declaredColumns()
                            .orElseThrow(() ->
                                    unreadable(
                                            input,
                                            "has no header line that names columns of the"
                                                    + " contract or transform; say"
                                                    + " sheaf.source header: true, or list"
                                                    + " its columns"));
            if (sniffed.columns() > 1 && sniffed.columns() < declared.size() / 2) {
                throw unreadable(
                        input,
                        "has records of "
                                + sniffed.columns()
                                + " columns and no header, expected are "
                                + declared.size());
            }
            return declared;
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : sniffed.header().get()) {
            String shown = name.isEmpty() ? "column" + (names.size() + 1) : name;
            if (!seen.add(shown.toLowerCase(Locale.ROOT))) {
                throw unreadable(
                        input, "names the column '" + shown(shown) + "' twice in its header line");
            }
            names.add(shown);
        }
        return names;
    }

    private static List<RawColumn> textColumns(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new RawColumn(names.get(i), "__r" + i, RawColumn.TEXT))
                .toList();
    }

    private PreparedFile json(
            InputFile input,
            Path plain,
            int number,
            boolean lineByLine,
            Consumer<Malformed> refused)
            throws IOException {
        Path copy = scratch.resolve("lines-" + number + ".ndjson");
        JsonLines.Written written =
                JsonLines.write(input, plain, copy, lineByLine, recordBytesMax, refused);
        List<RawColumn> columns = textColumns(List.copyOf(written.keys()));
        CsvDialect lines = new CsvDialect((byte) 1, CsvDialect.NONE, CsvDialect.NONE, false);
        String members =
                columns.stream()
                        .map(column -> SqlText.text(NestedJson.pointer(column.name())))
                        .collect(Collectors.joining(", "));
        String values =
                columns.isEmpty()
                        ? "NULL AS __none"
                        : IntStream.range(0, columns.size())
                                .mapToObj(i -> "l[" + (i + 1) + "] AS __r" + i)
                                .collect(Collectors.joining(", "));
        String relation =
                "SELECT "
                        + values
                        + " FROM (SELECT "
                        + (columns.isEmpty()
                                ? "NULL"
                                : "json_extract_string(line, [" + members + "])")
                        + " AS l FROM read_csv("
                        + SqlText.text(copy.toString())
                        + ", auto_detect=false, header=false, delim=chr(1), quote='', escape='',"
                        + " columns={'line': 'VARCHAR'}, max_line_size="
                        + Math.max(LINE_SIZE_MIN, written.longestBytes() + 2)
                        + "))";
        return new PreparedFile(
                input,
                relation,
                columns,
                written.records(),
                written.malformed(),
                new PreparedFile.Place.Lines(new RecordLocator(copy, lines, written.lines()), ""));
    }

    private PreparedFile parquet(InputFile input, Path plain, EngineSession session) {
        String file = SqlText.text(plain.toString());
        try {
            List<RawColumn> columns = new ArrayList<>();
            for (List<?> row :
                    session.query("DESCRIBE SELECT * FROM read_parquet(" + file + ")").rows()) {
                columns.add(
                        new RawColumn(
                                String.valueOf(row.get(0)),
                                "__r" + columns.size(),
                                String.valueOf(row.get(1))));
            }
            long rows =
                    session.query(
                                    "SELECT CAST(sum(num_rows) AS BIGINT) FROM"
                                            + " parquet_file_metadata("
                                            + file
                                            + ")")
                            .onlyLong();
            String select =
                    columns.stream()
                            .map(column -> SqlText.name(column.name()) + " AS " + column.alias())
                            .collect(Collectors.joining(", "));
            return new PreparedFile(
                    input,
                    "SELECT " + select + " FROM read_parquet(" + file + ")",
                    columns,
                    rows,
                    0,
                    new PreparedFile.Place.Parquet(plain));
        } catch (EngineProblem e) {
            if (e.kind() == EngineProblem.Kind.CANCELLED
                    || e.kind() == EngineProblem.Kind.WORKER_DIED) {
                throw e;
            }
            throw unreadable(input, "is not a Parquet file that can be read, or is corrupt");
        }
    }

    static Problem unreadable(InputFile input, String what) {
        return new Problem(
                ProblemCode.UNREADABLE_INPUT,
                "'" + input.name() + "' " + what + "; nothing of it was published",
                Map.of("file", input.name()),
                null);
    }

    /// A name from a file as it may stand in a message.
    static String shown(String name) {
        String clean =
                name.codePoints()
                        .limit(80)
                        .collect(
                                StringBuilder::new,
                                (text, point) ->
                                        text.appendCodePoint(
                                                Character.isISOControl(point) ? '?' : point),
                                StringBuilder::append)
                        .toString();
        return clean.length() < name.length() ? clean + "…" : clean;
    }
}
