package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.product.ingest.Malformed.Fault;
import dev.sheaf.product.ingest.PreparedFile;
import dev.sheaf.product.ingest.RawColumn;
import dev.sheaf.product.ingest.RecordLocator;
import dev.sheaf.product.ingest.RecordLocator.Found;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.publish.QuarantineFile.Violation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.Collectors;

/// Brings the bad rows of a [Stage] into quarantine, each with its text and place in the file.
/// Streams through scratch files: there may be as many as there are rows.
final class BadRowExport {
    private final EngineSession session;
    private final Path scratch;
    private final QuarantineFile quarantine;

    BadRowExport(EngineSession session, Path scratch, QuarantineFile quarantine) {
        this.session = session;
        this.scratch = scratch;
        this.quarantine = quarantine;
    }

    void run(Stage.Loaded loaded) throws IOException {
        String range =
                "r >= " + loaded.firstRow() + " AND r < " + (loaded.firstRow() + loaded.rows());
        long bad =
                session.query("SELECT count(*) FROM " + Stage.BAD + " WHERE " + range).onlyLong();
        if (bad == 0 && loaded.rejected() == 0) {
            return;
        }
        Path rows = scratch.resolve("bad.ndjson");
        switch (loaded.file().place()) {
            case PreparedFile.Place.Lines lines -> {
                copy("SELECT r, v FROM " + Stage.BAD + " WHERE " + range + " ORDER BY r", rows);
                Path rejects = scratch.resolve("rejects.csv");
                rejects(lines, loaded.rejected(), rejects);
                locate(loaded, lines.locator(), rows, rejects);
                Files.delete(rejects);
            }
            case PreparedFile.Place.Parquet parquet -> {
                copy(joined(loaded, parquet, range), rows);
                unplaced(loaded, rows);
            }
        }
        Files.delete(rows);
    }

    private void copy(String select, Path to) {
        session.execute(
                "COPY (" + select + ") TO " + SqlText.text(to.toString()) + " (FORMAT json)");
    }

    private static String joined(
            Stage.Loaded loaded, PreparedFile.Place.Parquet parquet, String range) {
        String members =
                loaded.file().columns().stream()
                        .map(RawColumn::name)
                        .map(name -> SqlText.name(name) + " := f." + SqlText.name(name))
                        .collect(Collectors.joining(", "));
        return "SELECT b.r AS r, b.v AS v, CAST(to_json(struct_pack("
                + members
                + ")) AS VARCHAR) AS record FROM "
                + Stage.BAD
                + " b JOIN read_parquet("
                + SqlText.text(parquet.path().toString())
                + ", file_row_number=true) f ON f.file_row_number + "
                + loaded.firstRow()
                + " = b.r WHERE "
                + range.replace("r ", "b.r ")
                + " ORDER BY b.r";
    }

    private void unplaced(Stage.Loaded loaded, Path rows) throws IOException {
        try (BadRows bad = new BadRows(rows)) {
            while (bad.peek().isPresent()) {
                BadRows.Bad one = bad.take();
                quarantine.add(
                        loaded.file().input().name(),
                        Optional.empty(),
                        one.row() - loaded.firstRow() + 1,
                        one.record(),
                        one.violations());
            }
        }
    }

    private void rejects(PreparedFile.Place.Lines lines, long rejected, Path to)
            throws IOException {
        if (rejected == 0) {
            Files.writeString(to, "");
            return;
        }
        session.execute(
                "COPY (SELECT line_byte_position, min(CAST(error_type AS VARCHAR)),"
                        + " max(CASE WHEN CAST(error_type AS VARCHAR) LIKE '%COLUMNS' THEN"
                        + " error_message END) FROM "
                        + lines.rejectsTable()
                        + " GROUP BY 1 ORDER BY 1) TO "
                        + SqlText.text(to.toString())
                        + " (FORMAT csv, HEADER false, DELIMITER '\t', QUOTE '')");
    }

    private void locate(Stage.Loaded loaded, RecordLocator locator, Path rows, Path rejects)
            throws IOException {
        String name = loaded.file().input().name();
        try (BadRows bad = new BadRows(rows);
                Rejects rejected = new Rejects(rejects)) {
            locator.find(
                    new RowNumbers(bad, loaded.firstRow()),
                    rejected,
                    new RecordLocator.Visitor() {
                        @Override
                        public void row(long row, Found found) {
                            quarantine.add(name, found, bad.take().violations());
                        }

                        @Override
                        public void rejected(long start, Found found) {
                            quarantine.add(name, found, rejected.violations());
                        }
                    });
        }
    }

    /// The numbers of bad rows within their file; the row itself is taken when it is visited.
    private static final class RowNumbers implements PrimitiveIterator.OfLong {
        private final BadRows bad;
        private final long firstRow;

        RowNumbers(BadRows bad, long firstRow) {
            this.bad = bad;
            this.firstRow = firstRow;
        }

        @Override
        public boolean hasNext() {
            return bad.peek().isPresent();
        }

        @Override
        public long nextLong() {
            return bad.peek().orElseThrow(NoSuchElementException::new).row() - firstRow;
        }
    }

    /// Byte positions of rejected records (DuckDB counts from 1), with its reason.
    private static final class Rejects implements PrimitiveIterator.OfLong, AutoCloseable {
        private final BufferedReader in;
        private Optional<String> next;
        private String current = "";

        Rejects(Path file) throws IOException {
            in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
            next = Optional.ofNullable(in.readLine());
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public long nextLong() {
            current = next.orElseThrow(NoSuchElementException::new);
            try {
                next = Optional.ofNullable(in.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Long.parseLong(current.substring(0, current.indexOf('\t'))) - 1;
        }

        List<Violation> violations() {
            String[] parts = current.split("\t", -1);
            Fault fault =
                    switch (parts[1]) {
                        case "TOO MANY COLUMNS", "MISSING COLUMNS" -> Fault.COLUMNS;
                        case "INVALID ENCODING" -> Fault.ENCODING;
                        case "LINE SIZE OVER MAXIMUM" -> Fault.TOO_LONG;
                        default -> Fault.QUOTING;
                    };
            String value = parts.length > 2 && !parts[2].isEmpty() ? parts[2] : null;
            return List.of(new Violation(fault.rule(), null, value));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
