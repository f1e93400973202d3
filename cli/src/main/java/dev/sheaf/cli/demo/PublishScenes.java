package dev.sheaf.cli.demo;

import static dev.sheaf.cli.demo.DemoRegions.ALL;
import static dev.sheaf.cli.demo.DemoRegions.AMERICA;
import static dev.sheaf.cli.demo.DemoRegions.BELGIUM;
import static dev.sheaf.cli.demo.DemoRegions.HOLLAND;

import dev.sheaf.cli.mesh.ManifestFiles;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.client.ChangeDetail.Compatibility;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.Plan;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Domains declare and publish at home. Numbers of records are those of the example files, counted
/// apart from Sheaf.
final class PublishScenes {
    static final ProductName ORDERS = ProductName.parse("sales.orders");
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
    private final DemoRegions regions;
    private final Path installation;

    PublishScenes(DemoStage stage, DemoRegions regions, Path installation) {
        this.stage = stage;
        this.regions = regions;
        this.installation = installation;
    }

    void play() {
        declare();
        publishOrders();
        publishTheOthers();
        know();
        refuse();
    }

    private void declare() {
        stage.title("Five domains declare seven products, each in the region it is at home in");
        stage.at(AMERICA, ExitCode.OK, "apply", "-f", "examples/mesh/sales");
        stage.at(
                HOLLAND,
                ExitCode.OK,
                "apply",
                "-f",
                "examples/mesh/customer",
                "-f",
                "examples/mesh/finance");
        stage.at(
                BELGIUM,
                ExitCode.OK,
                "apply",
                "-f",
                "examples/mesh/product",
                "-f",
                "examples/mesh/inventory");
        stage.at(
                HOLLAND,
                ExitCode.OK,
                "policy",
                "apply",
                "examples/policies",
                "--reason",
                "Others see the European market");
    }

    private void publishOrders() {
        stage.title("Two days of a shop's orders as they really are");
        String day = RETAIL + "2010-12-01.csv";
        stage.at(AMERICA, ExitCode.OK, "publish", ORDERS.toString(), day);
        RunInfo first = lastRun(AMERICA, ORDERS);
        checkRows(first, day);
        stage.check(
                Shown.count(first.rowsQuarantined())
                        + " rows broke the contract and are in quarantine, none is lost",
                first.rowsQuarantined() > 0);
        stage.at(AMERICA, ExitCode.OK, "quarantine", ORDERS.toString(), "--rows", "3");
        stage.at(
                AMERICA, ExitCode.OK, "publish", ORDERS.toString(), RETAIL + "2010-12-02.csv", day);
        stage.check("release 2 is current", currentRelease(ORDERS) == 2);
    }

    private void publishTheOthers() {
        stage.title("Products and stock in Belgium, customers and purchases in Holland");
        publish(BELGIUM, "product.products", ADVENTURE + "Product.csv");
        publish(BELGIUM, "inventory.stock", ADVENTURE + "ProductInventory.csv");
        publish(HOLLAND, "customer.customers", "examples/data/chinook/customers.csv");
        publish(HOLLAND, "finance.vendors", ADVENTURE + "Vendor.csv");
        publish(HOLLAND, "finance.purchase-orders", ADVENTURE + "PurchaseOrderHeader.csv");
        stage.say(
                "A rule of the order lines looks into product.products, which is in another"
                        + " cloud.");
        publish(HOLLAND, "finance.purchase-order-lines", ADVENTURE + "PurchaseOrderDetail.csv");
    }

    private void know() {
        stage.title("Every region knows all products");
        for (RegionName region : ALL) {
            stage.await(
                    region + " knows " + PRODUCTS + " products and their releases",
                    () ->
                            regions.at(region).products().stream()
                                            .filter(product -> product.currentRelease().isPresent())
                                            .count()
                                    == PRODUCTS);
        }
        stage.at(BELGIUM, ExitCode.OK, "products");
        stage.at(AMERICA, ExitCode.OK, "search", "purchse ordr");
    }

    private void refuse() {
        stage.title(
                "A till that reports pence for pounds: every row is well-formed, the release is"
                        + " not");
        stage.at(
                AMERICA,
                ExitCode.NEGATIVE,
                "publish",
                ORDERS.toString(),
                "examples/data/bad/2010-12-10-in-pence.csv");
        stage.check(
                "the release was refused, and release 2 is still current",
                lastRun(AMERICA, ORDERS).state() == RunState.REFUSED
                        && currentRelease(ORDERS) == 2);

        stage.title("A contract that would break its consumers without saying so");
        stage.at(AMERICA, ExitCode.NEGATIVE, "plan", "-f", "examples/breaking");
        stage.check(
                "the plan names what breaks, and nothing is applied",
                breaks(regions.at(AMERICA).plan(manifests("examples/breaking")))
                        && regions.at(AMERICA)
                                .product(ORDERS)
                                .contract()
                                .version()
                                .equals("1.0.0"));
    }

    private void publish(RegionName home, String product, String file) {
        stage.at(home, ExitCode.OK, "publish", product, file);
        checkRows(lastRun(home, ProductName.parse(product)), file);
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

    private RunInfo lastRun(RegionName home, ProductName product) {
        return regions.at(home).runs(product, 1).getFirst();
    }

    private long currentRelease(ProductName product) {
        return regions.at(AMERICA).product(product).product().currentRelease().orElse(0);
    }
}
