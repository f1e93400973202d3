package dev.sheaf.node.replicas;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.lake.TableCopies.TableCopy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// A home with one product, whose files are read without a network, and whose answers can be made
/// to fail.
final class HomeInProcess implements PeerFiles, AutoCloseable {
    static final String PRODUCT = "sales.orders";
    static final TableName TABLE = new TableName("sales", "orders");

    final Lake lake;
    final Map<String, Integer> timesRead = new ConcurrentHashMap<>();
    long bytesServed;

    /// Ranges that are answered before the home is gone.
    int rangesMax = Integer.MAX_VALUE;

    /// Answers that come damaged, of those to come.
    int damaged;

    private final Path folder;
    private final WorkerEngine engine;
    private final Map<Long, Long> releases = new TreeMap<>();
    private boolean isPlaced = true;
    private Optional<String> metadata = Optional.empty();
    List<HeldCopy> reported = List.of();

    HomeInProcess(Path folder) throws IOException {
        this.folder = folder;
        this.lake = lake(folder);
        this.engine =
                new WorkerEngine(
                        EngineConfig.in(folder.resolve("engine").toAbsolutePath())
                                .withWorkers(1, 1));
    }

    static Lake lake(Path folder, StoreConfig... more) throws IOException {
        Files.createDirectories(folder.resolve("staging"));
        List<StoreConfig> stores =
                new ArrayList<>(List.of(StoreConfig.local("here", folder.resolve("store"))));
        stores.addAll(List.of(more));
        return Lake.open(
                new LakeConfig(
                        new CatalogConfig.Sqlite(folder.resolve("catalog.db")),
                        stores,
                        folder.resolve("staging")));
    }

    private static ColumnContract column(String name, ColumnType type, boolean isPartition) {
        return new ColumnContract(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                type,
                false,
                false,
                false,
                0,
                isPartition ? OptionalInt.of(1) : OptionalInt.empty(),
                ValueConstraints.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    /// Two files more, of several ranges each, which cannot be compressed.
    void publish(long release) throws IOException {
        LakeTable table =
                lake.createOrEvolve(
                        TABLE,
                        new TableContract(
                                "orders",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(
                                        column("part", ColumnType.Primitive.INT, true),
                                        column("text", ColumnType.Primitive.STRING, false)),
                                List.of(),
                                Map.of()),
                        "file://" + folder.resolve("store/sales/orders"));
        try (EngineSession session =
                engine.open(
                        new SessionSpec(
                                SessionSpec.Purpose.PUBLISH,
                                ByteSize.ofMebibytes(512),
                                2,
                                folder,
                                List.of(folder),
                                List.of(folder)))) {
            SnapshotInfo made =
                    table.commit(
                            CommitMode.APPEND,
                            table.write(
                                    session,
                                    "SELECT (i % 2)::INT AS part, md5((i * 7 + "
                                            + release
                                            + ")::VARCHAR) || md5((i * 13)::VARCHAR) AS text FROM"
                                            + " range(700000) r(i)",
                                    "run" + release),
                            Map.of("sheaf.release", Long.toString(release)));
            releases.put(release, made.id());
        }
    }

    void withdraw() {
        isPlaced = false;
        metadata = Optional.empty();
    }

    void showMetadata() {
        isPlaced = false;
        metadata = lake.copies().metadataLocation(TABLE);
    }

    long snapshot(long release) {
        return Optional.ofNullable(releases.get(release)).orElseThrow();
    }

    TableCopy describe(long release) {
        return lake.copies().describe(TABLE, snapshot(release));
    }

    @Override
    public OfferList offers(RegionName peer, Holdings holdings) {
        reported = holdings.held();
        if (!isPlaced && metadata.isEmpty()) {
            return new OfferList(List.of(), List.of());
        }
        long newest = releases.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        return new OfferList(
                List.of(
                        new Offer(
                                PRODUCT,
                                newest,
                                snapshot(newest),
                                isPlaced,
                                metadata,
                                List.copyOf(releases.values()))),
                List.of());
    }

    @Override
    public TableCopy describe(RegionName peer, CopyRequest request) {
        return lake.copies().describe(TABLE, request.snapshotId());
    }

    @Override
    public Range read(RegionName peer, CopyRequest request, String file, long offset, int length) {
        if (rangesMax-- <= 0) {
            throw new Problem(ProblemCode.UNAVAILABLE, peer + " is gone");
        }
        Path path =
                Lake.localFile(
                                Optional.ofNullable(
                                                lake.copies()
                                                        .locations(TABLE, request.snapshotId())
                                                        .get(file))
                                        .orElseThrow())
                        .orElseThrow();
        byte[] bytes = new byte[length];
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            in.seek(offset);
            in.readFully(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        timesRead.merge(file + "@" + offset, 1, Integer::sum);
        bytesServed += length;
        String sum = Sha256.of(bytes).hex();
        if (damaged > 0) {
            damaged--;
            bytes[length / 2] ^= 1;
        }
        return new Range(bytes, sum);
    }

    @Override
    public void close() {
        engine.close();
        lake.close();
    }
}
