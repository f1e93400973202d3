package dev.sheaf.product.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Run;
import dev.sheaf.product.apply.Applier;
import dev.sheaf.product.apply.DeclaredState;
import dev.sheaf.product.apply.Examples;
import dev.sheaf.product.apply.ManifestReader;
import dev.sheaf.product.apply.Planner;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.apply.Prune;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.publish.PipelineCheck;
import dev.sheaf.product.publish.PublishLimits;
import dev.sheaf.product.publish.PublishListener;
import dev.sheaf.product.publish.PublishRequest;
import dev.sheaf.product.publish.Publisher;
import dev.sheaf.product.publish.ReleaseGate;
import dev.sheaf.product.release.LakeFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/// The example's files, published as its README says: what it says about them is true.
final class ExamplePublishTest {
    @TempDir private static Path folder;

    private static WorkerEngine engine;
    private static Ledger ledger;
    private static Lake lake;
    private static Publisher publisher;
    private static int runs;

    @BeforeAll
    static void open() throws IOException {
        engine =
                new WorkerEngine(
                        EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath())
                                .withWorkers(1, 1));
        ledger =
                JdbcLedger.onSqlite(
                        folder.resolve("ledger.db"), new ProductSpecReader(), Clock.systemUTC());
        lake = LakeFolder.open(folder);
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        publisher =
                new Publisher(
                        engine,
                        lake,
                        ledger,
                        scratch,
                        "file://" + folder.resolve("warehouse"),
                        new PublishLimits(
                                PublishLimits.DEFAULT.memoryMax(),
                                2,
                                PublishLimits.DEFAULT.recordBytesMax()),
                        Clock.systemUTC());
        Planner planner = new Planner(new PipelineCheck(engine, scratch));
        new Applier(ledger, lake)
                .apply(
                        planner.plan(
                                DeclaredState.of(ledger),
                                ManifestReader.read(Examples.manifests("mesh")),
                                Prune.NOTHING));
    }

    @AfterAll
    static void close() {
        lake.close();
        ledger.close();
        engine.close();
    }

    private static Run publish(String product, String... files) {
        String runId = "example-" + ++runs;
        publisher.publish(
                new PublishRequest(
                        runId,
                        ProductName.parse(product),
                        Arrays.stream(files)
                                .map(file -> Examples.folder().resolve("data").resolve(file))
                                .map(Path::toString)
                                .toList(),
                        "test",
                        false),
                PublishListener.SILENT,
                ReleaseGate.OPEN);
        return ledger.run(runId).orElseThrow();
    }

    private static void assertReleased(Run run, long published, long quarantined) {
        assertEquals(Run.State.COMMITTED, run.state(), run.toString());
        assertEquals(
                List.of(published, quarantined),
                List.of(run.rowsPublished(), run.rowsQuarantined()),
                run.toString());
    }

    @Test
    void everyFileIsPublishedAndTheBadDayRefused() {
        assertReleased(publish("customer.customers", "chinook/customers.csv"), 59, 0);
        assertReleased(publish("product.products", "adventureworks/Product.csv"), 504, 0);
        assertReleased(publish("inventory.stock", "adventureworks/ProductInventory.csv"), 1069, 0);
        assertReleased(publish("finance.vendors", "adventureworks/Vendor.csv"), 104, 0);
        assertReleased(
                publish("finance.purchase-orders", "adventureworks/PurchaseOrderHeader.csv"),
                4012,
                0);
        assertReleased(
                publish("finance.purchase-order-lines", "adventureworks/PurchaseOrderDetail.csv"),
                8845,
                0);
        assertReleased(publish("sales.orders", "online-retail/2010-12-01.csv"), 3054, 54);
        assertReleased(
                publish(
                        "sales.orders",
                        "online-retail/2010-12-02.csv",
                        "online-retail/2010-12-03.csv",
                        "online-retail/2010-12-05.csv",
                        "online-retail/2010-12-06.csv",
                        "online-retail/2010-12-07.csv",
                        "online-retail/2010-12-08.csv",
                        "online-retail/2010-12-09.csv"),
                22_025 - 3054,
                498 - 54);
        Run bad = publish("sales.orders", "bad/2010-12-10-in-pence.csv");
        assertEquals(Run.State.REFUSED, bad.state(), bad.toString());
        assertTrue(bad.report().orElse("").contains("mean_price_is_plausible"), bad.toString());
    }
}
