package dev.sheaf.product.publish;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads broken rows back in row order, one at a time, from the JSON lines that DuckDB wrote:
/// `{"r": row, "v": [{rule, column, value}], "record": …}`.
final class BadRows implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final BufferedReader in;
    private Optional<Bad> next = Optional.empty();

    BadRows(Path lines) throws IOException {
        in = Files.newBufferedReader(lines, StandardCharsets.UTF_8);
        advance();
    }

    /// @param row in the staging table, from 0
    /// @param record empty if it has to be looked up in the file
    record Bad(long row, List<QuarantineFile.Violation> violations, String record) {}

    Optional<Bad> peek() {
        return next;
    }

    Bad take() {
        Bad taken = next.orElseThrow();
        advance();
        return taken;
    }

    private void advance() {
        try {
            String line = in.readLine();
            next = line == null ? Optional.empty() : Optional.of(read(JSON.readTree(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bad read(JsonNode node) {
        List<QuarantineFile.Violation> violations = new ArrayList<>();
        for (JsonNode one : node.path("v")) {
            violations.add(
                    new QuarantineFile.Violation(
                            one.path("rule").asString(""),
                            text(one.path("column")),
                            text(one.path("value"))));
        }
        JsonNode record = node.path("record");
        String shown =
                record.isMissingNode() || record.isNull()
                        ? ""
                        : record.isString() ? record.stringValue() : record.toString();
        return new Bad(node.path("r").asLong(), violations, shown);
    }

    private static @org.jspecify.annotations.Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
