package dev.sheaf.query;

import static dev.sheaf.query.SplitMesh.AWS;
import static dev.sheaf.query.SplitMesh.AZURE;
import static dev.sheaf.query.SplitMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.federation.FederationLimits;
import dev.sheaf.query.federation.HeldReleases;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A statement answers the same over regions as over one place with all tables: same columns, same
/// types, same rows, with the same masks and filters.
@Timeout(300)
final class FederatedAnswersTest {
    private static final Decision.Allow CUSTOMERS =
            new Decision.Allow(Map.of("email", "left(email, 2) || '***'"), Optional.of("id <> 3"));

    @TempDir static Path folder;
    private static SplitMesh mesh;
    private static QueryService together;

    @BeforeAll
    static void open() throws IOException {
        mesh = new SplitMesh(folder);
        mesh.with(
                        "sales.orders",
                        AWS,
                        "SELECT i::BIGINT AS id, (i % 7)::BIGINT AS customer_id, 1.5::DECIMAL(9,2)"
                                + " AS amount FROM range(3) t(i)",
                        "SELECT i::BIGINT AS id, CASE WHEN i % 11 = 0 THEN NULL ELSE (i * 5 %"
                            + " 23)::BIGINT END AS customer_id, CASE WHEN i % 5 = 0 THEN NULL ELSE"
                            + " (i * 37 % 1000 / 10.0)::DECIMAL(9,2) END AS amount, DATE"
                            + " '2024-01-01' + (i % 60)::INTEGER AS day, CASE i % 4 WHEN 0 THEN"
                            + " 'new' WHEN 1 THEN 'paid' WHEN 2 THEN 'it''s' END AS state FROM"
                            + " range(200) t(i)")
                .with(
                        "sales.lines",
                        AWS,
                        "SELECT (i % 150)::BIGINT AS order_id, (i % 13)::BIGINT AS part_id, (i %"
                            + " 9)::INTEGER AS quantity, (i * 13 % 777 / 7.0)::DOUBLE AS weight, (i"
                            + " * 17 % 900 / 100.0)::DECIMAL(15,2) AS price FROM range(700) t(i)")
                .with(
                        "crm.customers",
                        AZURE,
                        "SELECT i::BIGINT AS id, 'c' || i AS name, CASE WHEN i % 6 = 0 THEN NULL"
                                + " ELSE ['EU','US','ASIA'][1 + i % 3] END AS area, 'user' || i ||"
                                + " '@example.org' AS email FROM range(25) t(i)")
                .with(
                        "crm.notes",
                        AZURE,
                        "SELECT (i % 20)::BIGINT AS customer_id, 'note ' || i AS text,"
                                + " TIMESTAMP '2024-01-01 00:00:00' + to_hours(i::INTEGER) AS at,"
                                + " i AS \"Line No\" FROM range(40) t(i)")
                .with(
                        "stock.parts",
                        GCP,
                        "SELECT i::BIGINT AS id, 'part ' || i AS name, (i % 3)::INTEGER AS"
                            + " \"select\", i % 2 = 0 AS \"is \"\"odd\"\"\" FROM range(13) t(i)")
                .with("stock.nothing", GCP, "SELECT 1::BIGINT AS id, 'x' AS name WHERE false")
                .with(
                        "stock.odd",
                        GCP,
                        "SELECT i::BIGINT AS id, md5(i::VARCHAR)::UUID AS u, encode('b' || i) AS b,"
                            + " TIME '10:00:00' + to_minutes(i::INTEGER) AS t, TIMESTAMPTZ"
                            + " '2024-01-01 00:00:00+00' + to_hours(i::INTEGER) AS tz, [i, NULL, i"
                            + " + 1] AS l, CASE WHEN i % 3 = 0 THEN NULL ELSE {'x': i::INTEGER,"
                            + " 'y': 'v' || i} END AS s, (i / 3.0)::FLOAT AS f FROM range(9) r(i)")
                .decided("crm.customers", CUSTOMERS);
        together = mesh.together();
    }

    @AfterAll
    static void close() {
        mesh.close();
    }

    @Test
    void everyStatementAnswersAsInOnePlace() throws IOException {
        List<String> statements = statements();
        List<String> differences = new ArrayList<>();
        FederationLimits eager =
                new FederationLimits(
                        1_000_000,
                        FederationLimits.DEFAULT.bytesMax(),
                        30,
                        1,
                        Duration.ofSeconds(60));
        for (RegionName here : List.of(AWS, AZURE, GCP, RegionName.parse("gcp/asia-east1"))) {
            QueryService service = mesh.coordinator(here, eager, HeldReleases.NONE);
            for (String sql : statements) {
                HeardReads inOnePlace = new HeardReads();
                HeardReads apart = new HeardReads();
                String expected = answer(together, sql, inOnePlace);
                String got = answer(service, sql, apart);
                // What another region's part is not needed for is not read at all.
                boolean isSameRead =
                        inOnePlace.columns().entrySet().containsAll(apart.columns().entrySet());
                if (!expected.equals(got) || !isSameRead) {
                    differences.add(
                            here
                                    + "\n"
                                    + sql
                                    + "\n expected "
                                    + expected
                                    + " of "
                                    + inOnePlace.columns()
                                    + "\n got "
                                    + got
                                    + " of "
                                    + apart.columns());
                }
                assertEquals(0, mesh.open.get(), "answers left open by " + sql);
            }
        }
        if (!differences.isEmpty()) {
            fail(differences.size() + " differ\n" + String.join("\n", differences));
        }
    }

    /// Of what is not said to be read, nothing can be seen.
    @Test
    void whatIsNotReadMakesNoDifference() throws IOException {
        int narrow = 0;
        for (String sql : statements()) {
            HeardReads heard = new HeardReads();
            String expected = answer(together, sql, heard);
            Map<String, Decision.Allow> emptied = new HashMap<>();
            heard.columns()
                    .forEach((product, read) ->
                            read.ifPresent(
                                    columns -> emptied.put(product, without(product, columns))));
            narrow += emptied.values().stream().anyMatch(each -> !each.masks().isEmpty()) ? 1 : 0;
            emptied.forEach(mesh::decided);
            try {
                assertEquals(expected, answer(together, sql, new HeardReads()), sql);
            } finally {
                emptied.keySet().forEach(product -> mesh.decided(product, decision(product)));
            }
        }
        assertTrue(narrow > 50, narrow + " statements leave a column out");
    }

    /// All columns but some are empty.
    private static Decision.Allow without(String product, Set<String> columns) {
        Decision.Allow before = decision(product);
        Map<String, String> masks = new HashMap<>(before.masks());
        FilesTable table = mesh.table(product);
        for (long release : table.releases().keySet()) {
            table.schema(release).columns().stream()
                    .filter(column -> !columns.contains(column.name()))
                    .forEach(column ->
                            masks.put(
                                    column.name(),
                                    "CAST(NULL AS " + SqlTypes.nameOf(column.type()) + ")"));
        }
        return new Decision.Allow(masks, before.rowFilter());
    }

    private static Decision.Allow decision(String product) {
        return product.equals("crm.customers")
                ? CUSTOMERS
                : new Decision.Allow(Map.of(), Optional.empty());
    }

    private static List<String> statements() throws IOException {
        try (InputStream in =
                FederatedAnswersTest.class.getResourceAsStream("federated-statements.sql")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.split(";\n")).stream()
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        }
    }

    private static String answer(QueryService service, String sql, ReadListener listener) {
        try (QueryRun run = service.run(mesh.request(sql), listener)) {
            List<String> rows = Results.rows(run);
            List<String> shown = new ArrayList<>(rows);
            if (!sql.contains("ORDER BY")) {
                shown.sort(null);
            }
            return run.schema().getFields().stream()
                            .map(field -> field.getName() + " " + field.getType())
                            .toList()
                    + " "
                    + shown;
        } catch (Problem problem) {
            return problem.code().toString();
        }
    }
}
