package dev.sheaf.cli.demo;

import dev.sheaf.cli.mesh.ManifestFiles;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.ChangeDetail.Compatibility;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.ResultFormat;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.ProductName;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The scenes of the demo. Numbers of records are those of the example files, counted apart from
/// Sheaf.
final class DemoScript {
    private static final ProductName ORDERS = ProductName.parse("sales.orders");
    private static final int PRODUCTS = 7;
    private static final String RETAIL = "examples/data/online-retail/";
    private static final String ADVENTURE = "examples/data/adventureworks/";

    /// Records in each file.
    private static final Map<String, Long> RECORDS =
            Map.ofEntries(
                    Map.entry(RETAIL + "2010-12-01.csv", 3108L),
                    Map.entry("examples/data/chinook/customers.csv", 59L),
                    Map.entry(ADVENTURE + "Product.csv", 504L),
                    Map.entry(ADVENTURE + "ProductInventory.csv", 1069L),
                    Map.entry(ADVENTURE + "Vendor.csv", 104L),
                    Map.entry(ADVENTURE + "PurchaseOrderHeader.csv", 4012L),
                    Map.entry(ADVENTURE + "PurchaseOrderDetail.csv", 8845L));

    private final DemoStage stage;
    private final SheafClient client;
    private final Path installation;

    /// @param installation the folder that holds `examples`
    DemoScript(DemoStage stage, SheafClient client, Path installation) {
        this.stage = stage;
        this.client = client;
        this.installation = installation;
    }

    void play() {
        declare();
        publishOrders();
        publishTheOthers();
        refuse();
        ask();
    }

    private void declare() {
        stage.title("Five domains declare seven products, each with a contract");
        stage.run(ExitCode.OK, "apply", "-f", "examples/mesh");
        stage.check(PRODUCTS + " products are declared", client.products().size() == PRODUCTS);
    }

    private void publishOrders() {
        stage.title("A day of a shop's orders as they really are");
        String day = RETAIL + "2010-12-01.csv";
        stage.run(ExitCode.OK, "publish", ORDERS.toString(), day);
        RunInfo first = lastRun(ORDERS);
        checkRows(first, day);
        stage.check(
                Shown.count(first.rowsQuarantined())
                        + " rows broke the contract and are in quarantine, none is lost",
                first.rowsQuarantined() > 0);
        stage.run(ExitCode.OK, "quarantine", ORDERS.toString(), "--rows", "5");

        stage.title("A week more in one go, and the first day once again");
        stage.run(
                ExitCode.OK,
                "publish",
                ORDERS.toString(),
                RETAIL + "2010-12-02.csv",
                RETAIL + "2010-12-03.csv",
                RETAIL + "2010-12-05.csv",
                RETAIL + "2010-12-06.csv",
                RETAIL + "2010-12-07.csv",
                RETAIL + "2010-12-08.csv",
                RETAIL + "2010-12-09.csv");
        stage.check("release 2 is current", currentRelease(ORDERS) == 2);
        stage.run(ExitCode.OK, "publish", ORDERS.toString(), day);
        stage.check(
                "the same file twice changes nothing",
                lastRun(ORDERS).state() == RunState.UNCHANGED && currentRelease(ORDERS) == 2);
    }

    private void publishTheOthers() {
        stage.title("Customers, products, stock and purchase orders of four other domains");
        publish("customer.customers", "examples/data/chinook/customers.csv");
        publish("product.products", ADVENTURE + "Product.csv");
        publish("inventory.stock", ADVENTURE + "ProductInventory.csv");
        publish("finance.vendors", ADVENTURE + "Vendor.csv");
        publish("finance.purchase-orders", ADVENTURE + "PurchaseOrderHeader.csv");
        publish("finance.purchase-order-lines", ADVENTURE + "PurchaseOrderDetail.csv");
        stage.run(ExitCode.OK, "products");
    }

    private void publish(String product, String file) {
        stage.run(ExitCode.OK, "publish", product, file);
        checkRows(lastRun(ProductName.parse(product)), file);
    }

    private void refuse() {
        stage.title(
                "A till that reports pence for pounds: every row is well-formed, the release is"
                        + " not");
        stage.run(
                ExitCode.NEGATIVE,
                "publish",
                ORDERS.toString(),
                "examples/data/bad/2010-12-10-in-pence.csv");
        stage.check(
                "the release was refused, and release 2 is still current",
                lastRun(ORDERS).state() == RunState.REFUSED && currentRelease(ORDERS) == 2);

        stage.title("A contract that would break its consumers without saying so");
        stage.run(ExitCode.NEGATIVE, "plan", "-f", "examples/breaking");
        stage.check(
                "the plan names what breaks, and nothing is applied",
                breaks(client.plan(manifests("examples/breaking")))
                        && client.product(ORDERS).contract().version().equals("1.0.0"));
    }

    private Manifests manifests(String folder) {
        return new Manifests(
                ManifestFiles.read(installation, List.of(Path.of(folder))), Optional.empty());
    }

    private static boolean breaks(Plan plan) {
        return !plan.applicable()
                && plan.changes().stream()
                        .flatMap(change -> change.details().stream())
                        .anyMatch(detail -> detail.compatibility() == Compatibility.BREAKING);
    }

    private void ask() {
        stage.title(
                "Which products on open purchase orders are below their reorder point, and what was"
                        + " spent with their vendors?");
        stage.say("It asks inventory, product and finance: three domains of two clouds.");
        stage.run(ExitCode.OK, "sql", "-f", "examples/questions/reorder-and-spend.sql");
        stage.check(
                "the answer is the one that DuckDB alone gives on the raw files",
                answer("examples/questions/reorder-and-spend.sql")
                        .equals(lines("examples/questions/answers/reorder-and-spend.csv")));

        stage.title("Time travel: the first release is still there");
        stage.run(ExitCode.OK, "sql", "-f", "examples/questions/first-release.sql");
        long before = count("SELECT count(*) FROM sales.orders AT (VERSION => 1)");
        long now = count("SELECT count(*) FROM sales.orders");
        stage.check(
                "release 1 held "
                        + Shown.count(before, "row")
                        + ", now there are "
                        + Shown.count(now),
                before == release(1).rowsAdded() && now > before);
        stage.run(ExitCode.OK, "releases", ORDERS.toString());
    }

    private void checkRows(RunInfo run, String file) {
        long records = RECORDS.getOrDefault(file, -1L);
        stage.check(
                Shown.count(run.rowsIn(), "row")
                        + " in = "
                        + Shown.count(run.rowsPublished())
                        + " published + "
                        + Shown.count(run.rowsQuarantined())
                        + " quarantined",
                run.rowsIn() == records
                        && run.rowsIn() == run.rowsPublished() + run.rowsQuarantined());
    }

    private RunInfo lastRun(ProductName product) {
        return client.runs(product, 1).getFirst();
    }

    private long currentRelease(ProductName product) {
        return client.product(product).product().currentRelease().orElse(0);
    }

    private ReleaseInfo release(long number) {
        return client.release(ORDERS, number).release();
    }

    /// The answer to a question in a file, line by line as CSV.
    private List<String> answer(String question) {
        String sql = String.join("\n", lines(question));
        QueryRequest request = new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty());
        try (ResultStream result = client.query(request, ResultFormat.CSV)) {
            return new String(result.body().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(installation.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long count(String sql) {
        ResultTable result =
                client.queryTable(new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty()));
        List<@Nullable Object> row = result.rows().getFirst();
        return row.getFirst() instanceof Number number ? number.longValue() : -1;
    }
}
