package dev.sheaf.product.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

final class PublishRealDataTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("sheaf.repo", "..")).resolve("examples");

    @TempDir Path directory;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Path data(String path) {
        Path found = Path.of(System.getProperty("sheaf.testdata")).resolve(path);
        assumeTrue(Files.exists(found), "no test data at " + found);
        return found;
    }

    private void declare(String product) throws IOException {
        ProductName name = ProductName.parse(product);
        Path folder = EXAMPLES.resolve("mesh").resolve(name.domain().value());
        node.declare(
                name,
                source(folder.resolve(name.name() + ".product.yaml")),
                source(folder.resolve(name.name() + ".contract.yaml")));
    }

    private static Source source(Path file) throws IOException {
        return new Source(file.getFileName().toString(), Files.readAllBytes(file));
    }

    @Test
    void retailDaysArePublishedDayByDayAndAFileInPenceIsRefused() throws IOException {
        declare("sales.orders");
        Path days = EXAMPLES.resolve("data/online-retail");
        List<Path> files;
        try (Stream<Path> found = Files.list(days)) {
            files = found.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        }
        PublishReport first = node.publish("sales.orders", files.getFirst());
        assertEquals("COMMITTED", first.outcome(), first.json());
        assertTrue(first.rowsQuarantined() > 0, first.json());
        PublishReport rest = node.publish("sales.orders", files.toArray(Path[]::new));
        assertEquals("COMMITTED", rest.outcome(), rest.json());
        assertEquals(first.rowsPublished() + rest.rowsPublished(), rest.rowsTotal());
        PublishReport bad = node.publish("sales.orders", EXAMPLES.resolve("data/bad"));
        assertEquals("REFUSED", bad.outcome(), bad.json());
        assertTrue(bad.reason().getFirst().contains("mean_price"), bad.reason().toString());
        assertEquals(2, node.releases("sales.orders"));
    }

    @Test
    void purchaseOrdersNeedTheirVendorsFirst() throws IOException {
        declare("finance.vendors");
        declare("finance.purchase-orders");
        Path folder = EXAMPLES.resolve("data/adventureworks");
        Path orders = folder.resolve("PurchaseOrderHeader.csv");
        PublishReport early = node.publish("finance.purchase-orders", orders);
        assertEquals("REFUSED", early.outcome(), early.json());
        assertTrue(early.reason().toString().contains("every_vendor_exists"));
        PublishReport vendors = node.publish("finance.vendors", folder.resolve("Vendor.csv"));
        assertEquals("COMMITTED", vendors.outcome(), vendors.json());
        PublishReport later = node.publish("finance.purchase-orders", orders);
        assertEquals("COMMITTED", later.outcome(), later.json());
        assertEquals(0, later.rowsQuarantined(), node.broken(later).toString());
    }

    @Test
    void theRestOfTheExampleMeshIsPublished() throws IOException {
        Path folder = EXAMPLES.resolve("data");
        declare("customer.customers");
        declare("product.products");
        declare("inventory.stock");
        PublishReport customers =
                node.publish("customer.customers", folder.resolve("chinook/customers.csv"));
        assertEquals(List.of("COMMITTED", 59L), List.of(customers.outcome(), customers.rowsIn()));
        PublishReport products =
                node.publish("product.products", folder.resolve("adventureworks/Product.csv"));
        assertEquals("COMMITTED", products.outcome(), products.json());
        PublishReport stock =
                node.publish(
                        "inventory.stock", folder.resolve("adventureworks/ProductInventory.csv"));
        assertEquals("COMMITTED", stock.outcome(), stock.json());
    }

    @Test
    void csvJsonAndParquetOfOneTableGiveEqualReleases() throws IOException {
        Path folder = data("datasets/spark-flights/fd");
        String properties =
                """
                - {name: origin, physicalName: ORIGIN_COUNTRY_NAME, logicalType: string, required: true}
                - {name: destination, physicalName: DEST_COUNTRY_NAME, logicalType: string, required: true}
                - {name: flights, physicalName: count, logicalType: integer, physicalType: BIGINT, required: true}
                """;
        Path parquet;
        try (Stream<Path> found = Files.walk(folder.resolve("parquet"))) {
            parquet =
                    found.filter(file -> file.toString().endsWith(".parquet"))
                            .findFirst()
                            .orElseThrow();
        }
        String everything = "SELECT origin, destination, flights FROM release ORDER BY ALL";
        node.declare("flights.csv", properties, "", "");
        node.declare("flights.json", properties, "", "");
        node.declare("flights.parquet", properties, "", "");
        node.publish("flights.csv", folder.resolve("csv/2010-summary.csv"));
        node.publish("flights.json", folder.resolve("json/2010-summary.json"));
        node.publish("flights.parquet", parquet);
        List<List<Object>> expected = node.rows("flights.csv", everything);
        assertEquals(255, expected.size());
        assertEquals(expected, node.rows("flights.json", everything));
        assertEquals(expected, node.rows("flights.parquet", everything));
    }

    @Test
    void dirtyMoviesAreSortedOut() {
        Path movies = data("datasets/vega").resolve("data/movies.json");
        assumeTrue(Files.exists(movies));
        node.declare(
                "media.movies",
                """
                - {name: title, physicalName: Title, logicalType: string, required: true}
                - {name: gross, physicalName: US Gross, logicalType: integer, physicalType: BIGINT}
                - {name: rating, physicalName: IMDB Rating, logicalType: number, physicalType: DOUBLE}
                """,
                "",
                "- {property: sheaf.source, value: {format: json, extraColumns: ignore}}");
        PublishReport report = node.publish("media.movies", movies);
        assertEquals("COMMITTED", report.outcome(), report.json());
        assertEquals(3201, report.rowsIn());
        assertTrue(report.violations().containsKey("required(title)"), report.json());
    }

    @Test
    void corruptParquetIsRefusedClearlyAndGoodOneIsRead() throws IOException {
        Path folder = data("parquet-testing/data");
        node.declare(
                "files.alltypes",
                """
                - {name: id, logicalType: integer, required: true}
                - {name: bool_col, logicalType: boolean}
                """,
                "",
                "- {property: sheaf.source, value: {format: parquet, extraColumns: ignore}}");
        PublishReport good =
                node.publish("files.alltypes", folder.resolve("alltypes_plain.parquet"));
        assertEquals(8, good.rowsPublished());
        byte[] bytes = Files.readAllBytes(folder.resolve("alltypes_plain.parquet"));
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 10);
        for (Path bad :
                List.of(
                        node.file("cut.parquet", cut),
                        node.file("empty.parquet", new byte[0]),
                        folder.resolve("nation.dict-malformed.parquet"))) {
            dev.sheaf.kernel.Problem problem =
                    org.junit.jupiter.api.Assertions.assertThrows(
                            dev.sheaf.kernel.Problem.class,
                            () -> node.publish("files.alltypes", bad));
            assertEquals(
                    dev.sheaf.kernel.ProblemCode.UNREADABLE_INPUT,
                    problem.code(),
                    problem.message());
        }
        assertEquals(1, node.releases("files.alltypes"));
    }

    @Test
    void naughtyStringsSurvive() throws IOException {
        Path file = data("naughty-strings/blns.json");
        tools.jackson.databind.json.JsonMapper json = new tools.jackson.databind.json.JsonMapper();
        StringBuilder lines = new StringBuilder();
        StringBuilder csv = new StringBuilder("text,number\n");
        int number = 0;
        for (tools.jackson.databind.JsonNode text : json.readTree(file.toFile())) {
            String value = text.stringValue();
            lines.append(json.writeValueAsString(java.util.Map.of("text", value, "number", number)))
                    .append('\n');
            csv.append('"')
                    .append(value.replace("\"", "\"\""))
                    .append("\",")
                    .append(number)
                    .append('\n');
            number++;
        }
        String properties =
                """
                - {name: text, logicalType: string}
                - {name: number, logicalType: integer, required: true}
                """;
        node.declare("naughty.json", properties, "", "");
        node.declare(
                "naughty.csv",
                properties,
                "",
                "- {property: sheaf.source, value: {quote: '\"', delimiter: ','}}");
        PublishReport fromJson =
                node.publish("naughty.json", node.file("n.ndjson", lines.toString()));
        PublishReport fromCsv = node.publish("naughty.csv", node.file("n.csv", csv.toString()));
        assertEquals(number, fromJson.rowsPublished(), node.broken(fromJson).toString());
        assertEquals(number, fromCsv.rowsPublished(), node.broken(fromCsv).toString());
        String all = "SELECT number, coalesce(text, '') FROM release ORDER BY number";
        assertEquals(node.rows("naughty.json", all), node.rows("naughty.csv", all));
    }
}
