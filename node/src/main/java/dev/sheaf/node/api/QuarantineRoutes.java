package dev.sheaf.node.api;

import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.ResultTable.Column;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Formats;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.registry.MeshRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Run;
import dev.sheaf.product.publish.QuarantineReader;
import dev.sheaf.product.publish.QuarantineReader.QuarantinedRow;
import dev.sheaf.product.publish.QuarantineReader.Violation;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows that runs rejected: a row for each rule that a record breaks.
public final class QuarantineRoutes {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("rule", "VARCHAR"),
                    new Column("column", "VARCHAR"),
                    new Column("value", "VARCHAR"),
                    new Column("source_file", "VARCHAR"),
                    new Column("source_line", "BIGINT"),
                    new Column("record", "VARCHAR"));

    private final Ledger ledger;
    private final QuarantineReader quarantine;
    private final Sight sight;
    private final Audit audit;

    public QuarantineRoutes(
            Ledger ledger,
            QuarantineReader quarantine,
            Governance governance,
            MeshRegistry registry,
            Audit audit) {
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.sight = new Sight(ledger, governance, registry, audit);
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/api/v1/runs/{run}/quarantine",
                        Access.needs(Scope.PRODUCT_PUBLISH),
                        this::rows));
    }

    private Reply rows(Request request) {
        Run run = sight.run(request.caller(), request.path("run"));
        int rowsMax = Math.toIntExact(request.number("rows", 100, 1, QuarantineReader.ROWS_MAX));
        ResultFormat format = Formats.of(request);
        audit.record(
                request.id(),
                request.caller(),
                "quarantine.read",
                run.id(),
                Audit.Outcome.ALLOWED,
                Map.of("product", run.product().toString()));
        List<QuarantinedRow> rejected =
                run.quarantine()
                        .map(location -> quarantine.read(location, rowsMax))
                        .orElse(List.of());
        ResultTable table = table(rejected, run.rowsQuarantined());
        return switch (format) {
            case JSON -> Reply.json(table);
            case NDJSON -> text(format, ndjson(table));
            case CSV -> text(format, csv(table));
            case ARROW, PARQUET ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "quarantined rows come as json, ndjson or csv");
        };
    }

    private static ResultTable table(List<QuarantinedRow> rejected, long all) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (QuarantinedRow row : rejected) {
            for (Violation violation : row.violations()) {
                rows.add(
                        Arrays.asList(
                                violation.rule(),
                                violation.column().orElse(null),
                                violation.value().orElse(null),
                                row.file(),
                                row.line().isPresent() ? (Long) row.line().getAsLong() : null,
                                row.record()));
            }
        }
        return new ResultTable(COLUMNS, rows, rows.size(), rejected.size() < all);
    }

    private static Reply text(ResultFormat format, String text) {
        return new Reply.Bytes(
                200, format.mediaType(), text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String ndjson(ResultTable table) {
        StringBuilder lines = new StringBuilder();
        for (List<@Nullable Object> row : table.rows()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                members.put(table.columns().get(i).name(), row.get(i));
            }
            lines.append(Wire.json().writeValueAsString(members)).append('\n');
        }
        return lines.toString();
    }

    private static String csv(ResultTable table) {
        StringBuilder lines = new StringBuilder();
        lines.append(String.join(",", table.columns().stream().map(Column::name).toList()))
                .append("\r\n");
        for (List<@Nullable Object> row : table.rows()) {
            lines.append(String.join(",", row.stream().map(QuarantineRoutes::field).toList()))
                    .append("\r\n");
        }
        return lines.toString();
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> '"' + text.replace("\"", "\"\"") + '"';
            default -> value.toString();
        };
    }
}
