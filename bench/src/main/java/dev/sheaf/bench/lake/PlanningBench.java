package dev.sheaf.bench.lake;

import com.sun.management.OperatingSystemMXBean;

import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;

import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plans a table of 10,000 files with 20 columns, with and without a filter. The files themselves
/// are never opened, so they need not exist.
public final class PlanningBench {
    private static final int FILES = 10_000;
    private static final int COMMITS = 10;
    private static final int COLUMNS = 20;
    private static final int ROUNDS = 30;

    private PlanningBench() {}

    /// @param arguments a scratch directory
    public static void main(String[] arguments) throws IOException {
        Path directory =
                Files.createTempDirectory(
                        Files.createDirectories(Path.of(arguments[0])), "planning");
        try (Lake lake =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                List.of(StoreConfig.local("here", directory.resolve("store"))),
                                Files.createDirectories(directory.resolve("staging"))))) {
            LakeTable table =
                    lake.createOrEvolve(
                            new TableName("bench", "planning"),
                            BenchTables.longs(COLUMNS),
                            "file://" + directory.resolve("store/planning"));
            for (int commit = 0; commit < COMMITS; commit++) {
                table.commit(CommitMode.APPEND, files(table, commit), Map.of());
            }
            long snapshot = table.current().orElseThrow().id();
            measure("all files", table, snapshot, Expressions.alwaysTrue(), FILES);
            measure("1 % by filter", table, snapshot, Expressions.lessThan("id", 100_000L), 100);
            measure("1 file by filter", table, snapshot, Expressions.equal("id", 5_000_500L), 1);
        }
    }

    private static List<WrittenFile> files(LakeTable table, int commit) {
        List<WrittenFile> files = new ArrayList<>();
        for (int i = commit * FILES / COMMITS; i < (commit + 1) * FILES / COMMITS; i++) {
            Map<Integer, Long> counts = new HashMap<>();
            Map<Integer, Long> nulls = new HashMap<>();
            Map<Integer, ByteBuffer> lower = new HashMap<>();
            Map<Integer, ByteBuffer> upper = new HashMap<>();
            for (int column = 1; column <= COLUMNS; column++) {
                counts.put(column, 1_000L);
                nulls.put(column, 0L);
                lower.put(column, Conversions.toByteBuffer(Types.LongType.get(), i * 1_000L));
                upper.put(column, Conversions.toByteBuffer(Types.LongType.get(), i * 1_000L + 999));
            }
            files.add(
                    new WrittenFile(
                            DataFiles.builder(PartitionSpec.unpartitioned())
                                    .withPath(table.location() + "/data/r/" + i + ".parquet")
                                    .withFormat(FileFormat.PARQUET)
                                    .withFileSizeInBytes(1 << 20)
                                    .withMetrics(
                                            new Metrics(
                                                    1_000L, counts, counts, nulls, Map.of(), lower,
                                                    upper))
                                    .build()));
        }
        return files;
    }

    private static void measure(
            String what, LakeTable table, long snapshot, Expression filter, int expected) {
        double[] milliseconds = new double[ROUNDS];
        double[] cpuMilliseconds = new double[ROUNDS];
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        for (int round = 0; round < ROUNDS; round++) {
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            int files = table.plan(snapshot, filter).files().size();
            milliseconds[round] = (System.nanoTime() - start) / 1e6;
            cpuMilliseconds[round] = (system.getProcessCpuTime() - cpu) / 1e6;
            if (files != expected) {
                throw new IllegalStateException(what + ": " + files + " files");
            }
        }
        double first = milliseconds[0];
        Arrays.sort(milliseconds);
        Arrays.sort(cpuMilliseconds);
        System.out.printf(
                "planning %,d files, %s: first %.0f ms, least %.0f ms, median %.0f ms, slowest %.0f"
                        + " ms; median of processor time %.0f ms%n",
                FILES,
                what,
                first,
                milliseconds[0],
                milliseconds[ROUNDS / 2],
                milliseconds[ROUNDS - 1],
                cpuMilliseconds[ROUNDS / 2]);
    }
}
