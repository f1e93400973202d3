package dev.sheaf.product.release;

import static dev.sheaf.product.ledger.LedgerSamples.ORDERS;

import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.LedgerSamples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Publishes releases of `sales.orders` without rows: what a publish leaves in table and ledger.
final class Published {
    private final Ledger ledger;
    private final Lake lake;
    private final Path folder;

    Published(Ledger ledger, Lake lake, Path folder) {
        this.ledger = ledger;
        this.lake = lake;
        this.folder = folder;
    }

    LakeTable table() {
        return lake.createOrEvolve(
                new TableName("sales", "orders"),
                ledger.product(ORDERS).orElseThrow().table(),
                "file://" + folder.resolve("warehouse/sales/orders"));
    }

    /// A release that the ledger knows.
    Run release(long number) {
        Run begun = LedgerSamples.prepared("run-" + number, ORDERS, (int) number);
        ledger.begin(begun);
        SnapshotInfo snapshot = commit(number);
        Run done = LedgerSamples.committed(begun, number, snapshot.id());
        ledger.update(done);
        return done;
    }

    /// What is left when the node dies between the table's commit and the ledger's.
    SnapshotInfo commit(long number) {
        return table().commit(
                        CommitMode.APPEND,
                        List.of(),
                        Map.of(
                                Releases.SUMMARY_RELEASE, Long.toString(number),
                                Releases.SUMMARY_RUN, "run-" + number,
                                Releases.SUMMARY_CONTRACT_VERSION,
                                        ledger.product(ORDERS).orElseThrow().contract().version()));
    }
}
