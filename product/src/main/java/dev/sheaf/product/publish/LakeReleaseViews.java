package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.quality.ReleaseViews;
import dev.sheaf.product.release.ReleaseFiles;

import org.apache.iceberg.expressions.Expressions;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Current releases of the lake's tables. Files of a local store are read where they are, others
/// are copied into the scratch folder first, whole.
final class LakeReleaseViews implements ReleaseViews {
    private final Lake lake;
    private final ReleaseFiles files;

    LakeReleaseViews(Lake lake, Path scratch) {
        this.lake = lake;
        this.files = new ReleaseFiles(lake, scratch);
    }

    @Override
    public Optional<ReleaseView> current(ProductName product) {
        Optional<LakeTable> table =
                lake.table(new TableName(product.domain().value(), product.name()));
        return table.flatMap(
                found -> found.current().map(snapshot -> view(found, snapshot, files)));
    }

    private static ReleaseView view(LakeTable table, SnapshotInfo snapshot, ReleaseFiles local) {
        List<Path> files = local.paths(table.plan(snapshot.id(), Expressions.alwaysTrue()).files());
        return new ReleaseView(ReleaseFiles.select(table.schema(snapshot.id()), files), files);
    }
}
