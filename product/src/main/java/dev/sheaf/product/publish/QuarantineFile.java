package dev.sheaf.product.publish;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.product.ingest.Malformed;
import dev.sheaf.product.ingest.RecordLocator.Found;
import dev.sheaf.product.ingest.SqlText;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects the rejected rows of one run: first as JSON lines in scratch, at the end as Parquet.
///
/// Columns: `source_file`, `source_line` (null for formats without lines), `source_row` (from 1),
/// `record` (text of the file, or JSON), `violations` (list of rule, column, value). The values are
/// data of the product and are protected like it; none is ever logged.
final class QuarantineFile implements AutoCloseable {
    private static final String COLUMNS =
            "{source_file: 'VARCHAR', source_line: 'BIGINT', source_row: 'BIGINT', record:"
                    + " 'VARCHAR', violations: 'STRUCT(rule VARCHAR, \"column\" VARCHAR, \"value\""
                    + " VARCHAR)[]'}";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path lines;
    private final boolean derived;
    private final BufferedWriter out;
    private final Map<String, Long> rowsByFile = new HashMap<>();
    private final Map<String, Long> violations = new HashMap<>();
    private long rows;

    /// @param derived whether columns are computed from others by a transform
    QuarantineFile(Path lines, boolean derived) throws IOException {
        this.lines = lines;
        this.derived = derived;
        this.out = Files.newBufferedWriter(lines, StandardCharsets.UTF_8);
    }

    /// @param column and `value` may be null
    record Violation(
            String rule,
            @org.jspecify.annotations.Nullable String column,
            @org.jspecify.annotations.Nullable String value) {}

    void add(String file, Malformed malformed) {
        String value = malformed.value();
        add(
                file,
                Optional.of(malformed.line()),
                malformed.row(),
                malformed.raw(),
                List.of(
                        new Violation(
                                malformed.fault().rule(), null, value.isEmpty() ? null : value)));
    }

    void add(String file, Found found, List<Violation> broken) {
        add(file, Optional.of(found.line()), found.row(), found.raw(), broken);
    }

    void add(String file, Optional<Long> line, long row, String raw, List<Violation> broken) {
        List<Violation> kept = meaningful(broken);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("source_file", file);
        line.ifPresent(number -> record.put("source_line", number));
        record.put("source_row", row);
        record.put("record", raw.replace('\0', '\ufffd'));
        record.put("violations", kept);
        try {
            out.write(JSON.writeValueAsString(record));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
        rowsByFile.merge(file, 1L, Long::sum);
        for (Violation violation : kept) {
            violations.merge(
                    violation.column() == null
                            ? violation.rule()
                            : violation.rule() + "(" + violation.column() + ")",
                    1L,
                    Long::sum);
        }
    }

    /// A value that could not be converted is not missing as well, nor is what a transform would
    /// have computed from it.
    private List<Violation> meaningful(List<Violation> broken) {
        Set<String> unconverted = new HashSet<>();
        for (Violation violation : broken) {
            if (violation.column() != null
                    && (violation.rule().equals("type")
                            || violation.rule().equals("transform.cast"))) {
                unconverted.add(violation.column());
            }
        }
        List<Violation> kept = new ArrayList<>();
        for (Violation violation : broken) {
            boolean follows =
                    violation.rule().equals("required")
                            && violation.column() != null
                            && (unconverted.contains(violation.column())
                                    || derived && !unconverted.isEmpty());
            if (!follows) {
                kept.add(violation);
            }
        }
        return kept;
    }

    long rows() {
        return rows;
    }

    long rows(String file) {
        return rowsByFile.getOrDefault(file, 0L);
    }

    Map<String, Long> violations() {
        return Map.copyOf(violations);
    }

    /// Writes the Parquet file; nothing can be added afterwards.
    void write(EngineSession session, Path parquet) throws IOException {
        out.close();
        session.execute(
                "COPY (SELECT * FROM read_json("
                        + SqlText.text(lines.toString())
                        + ", format='newline_delimited', maximum_object_size=134217728, columns="
                        + COLUMNS
                        + ")) TO "
                        + SqlText.text(parquet.toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
