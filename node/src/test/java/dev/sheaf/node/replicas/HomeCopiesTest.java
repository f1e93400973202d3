package dev.sheaf.node.replicas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.lake.TableCopies.CopiedFile;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.tracing.Tracer;
import dev.sheaf.query.federation.HeldReleases.Held;

import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// What becomes of copies when lines, disks and processes fail.
final class HomeCopiesTest {
    private static final RegionName HOME = RegionName.parse("aws/us-east-1");
    private static final RegionName HERE = RegionName.parse("azure/westeurope");
    private static final ProductName ORDERS = ProductName.parse(HomeInProcess.PRODUCT);

    @TempDir Path folder;
    private HomeInProcess home;
    private Lake lake;
    private long roomBytes = Long.MAX_VALUE;
    private final List<String> deleted = new ArrayList<>();
    private HomeCopies copies;

    @BeforeEach
    void open() throws IOException {
        home = new HomeInProcess(folder.resolve("home"));
        home.publish(1);
        lake =
                HomeInProcess.lake(
                        folder.resolve("here"),
                        new StoreConfig(
                                "theirs",
                                "file://" + folder.resolve("home/store"),
                                Map.of(),
                                Map.of(),
                                true));
        copies = process();
    }

    @AfterEach
    void close() {
        lake.close();
        home.close();
    }

    /// As after a start of the process.
    private HomeCopies process() {
        return new HomeCopies(
                HOME,
                new ReplicaRoom(
                        home,
                        lake,
                        HERE,
                        HERE,
                        "file://" + folder.resolve("here/store"),
                        List.of("file://" + folder.resolve("home/store")),
                        1,
                        0,
                        (from, to, bytes) -> Money.zero("USD"),
                        this::take,
                        deleted::addAll,
                        new ReplicaRoom.Counters(),
                        new AtomicBoolean(),
                        Tracer.NONE,
                        Clock.systemUTC()),
                folder.resolve("records"));
    }

    private void take(long bytes) {
        roomBytes -= bytes;
        if (roomBytes < 0) {
            throw new Problem(ProblemCode.STORAGE_FAILED, "the disk is full");
        }
    }

    /// All files of the store and of parts that are on their way.
    private List<Path> files(String where) throws IOException {
        Path root = folder.resolve(where);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private void assertSame(long release) throws IOException {
        Held held = copies.find(ORDERS, release).orElseThrow();
        assertTrue(held.isReplica());
        TableCopy original = home.describe(release);
        assertEquals(
                original.rows(),
                held.table().plan(held.snapshotId(), Expressions.alwaysTrue()).rows());
        Map<String, String> locations =
                home.lake.copies().locations(HomeInProcess.TABLE, home.snapshot(release));
        for (CopiedFile file : original.files()) {
            Path there =
                    Lake.localFile(Optional.ofNullable(locations.get(file.id())).orElseThrow())
                            .orElseThrow();
            Path here =
                    folder.resolve("here/store/replicas/aws_us-east-1/sales/orders/data")
                            .resolve(file.id() + ".parquet");
            assertEquals(-1, Files.mismatch(there, here));
        }
        assertEquals(
                original.files().size() / 2,
                held.table().plan(held.snapshotId(), Expressions.equal("part", 1)).files().size());
    }

    @Test
    void aCopyThatWasKilledGoesOnWhereItStopped() throws IOException {
        long bytes = home.describe(1).bytes();
        assertTrue(bytes > 4 * PeerFiles.RANGE_BYTES_MAX, () -> "too small: " + bytes);
        home.rangesMax = 2;
        copies.turn();
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        assertTrue(home.reported.isEmpty());
        // What a kill leaves: bytes without a sum, and half a line of sums.
        for (Path part : files("records")) {
            if (!part.toString().endsWith(".json")) {
                Files.writeString(part, "torn", StandardOpenOption.APPEND);
            }
        }
        home.rangesMax = Integer.MAX_VALUE;
        copies = process();
        copies.turn();
        assertSame(1);
        assertEquals(1, home.reported.size());
        assertEquals(bytes, home.bytesServed, "no byte came twice");
        assertEquals(1, files("records").size(), "only the record is left");
    }

    @Test
    void whatWasDamagedOnTheDiskMeanwhileComesAgain() throws IOException {
        home.rangesMax = 2;
        copies.turn();
        Path part =
                files("records").stream()
                        .filter(file -> file.getFileName().toString().length() == 64)
                        .findFirst()
                        .orElseThrow();
        byte[] bytes = Files.readAllBytes(part);
        bytes[100] ^= 1;
        Files.write(part, bytes);
        home.rangesMax = Integer.MAX_VALUE;
        copies = process();
        copies.turn();
        assertSame(1);
    }

    @Test
    void whatComesDamagedOnceIsFetchedAgain() throws IOException {
        home.damaged = 1;
        copies.turn();
        assertSame(1);
        assertEquals(1, home.timesRead.values().stream().filter(times -> times == 2).count());
    }

    @Test
    void whatStaysDamagedIsSaidAndNeverShown() throws IOException {
        home.damaged = Integer.MAX_VALUE;
        copies.turn();
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        String why = copies.failure(home.snapshot(1)).orElseThrow().message();
        assertTrue(why.contains("came damaged twice from aws/us-east-1"), why);
        assertEquals(List.of(), files("here/store"));
        home.damaged = 0;
        copies = process();
        copies.turn();
        assertSame(1);
    }

    @Test
    void aFullDiskLeavesNothingHalfDone() throws IOException {
        roomBytes = 2 * PeerFiles.RANGE_BYTES_MAX;
        copies.turn();
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        assertTrue(
                copies.failure(home.snapshot(1)).orElseThrow().message().contains("disk is full"));
        assertTrue(
                files("records").stream().allMatch(file -> file.toString().endsWith(".json")),
                "parts give their room back");
        assertTrue(lake.table(new Lake.TableName("sheaf_replicas", "x")).isEmpty());
        roomBytes = Long.MAX_VALUE;
        copies = process();
        copies.turn();
        assertSame(1);
    }

    @Test
    void twoReleasesInARowShareWhatTheyHaveInCommon() throws IOException {
        copies.turn();
        long first = home.bytesServed;
        home.publish(2);
        copies.turn();
        assertSame(2);
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        assertEquals(home.describe(2).bytes(), home.bytesServed);
        assertEquals(first, home.describe(1).bytes());
        assertEquals(
                List.of(home.snapshot(2)),
                home.reported.stream().map(PeerFiles.HeldCopy::snapshotId).toList());
    }

    @Test
    void whatItsHomeHasForgottenGoesWithItsFiles() throws IOException {
        copies.turn();
        home.withdraw();
        copies.turn();
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        assertEquals(List.of(), files("here/store"));
        assertEquals(List.of(), files("records"));
        assertEquals(2, deleted.size());
        assertTrue(home.reported.isEmpty(), "the home has heard that it is gone");
    }

    @Test
    void whatWasForgottenWhileItCameIsTakenAwayToo() throws IOException {
        home.rangesMax = 5;
        copies.turn();
        assertFalse(files("here/store").isEmpty() && files("records").size() < 2);
        home.withdraw();
        copies = process();
        copies.turn();
        assertEquals(List.of(), files("here/store"));
        assertEquals(List.of(), files("records"));
    }

    @Test
    void aTableIsReadWhereItLiesWhenTheStoreIsShared() throws IOException {
        home.showMetadata();
        copies.turn();
        Held held = copies.find(ORDERS, 1).orElseThrow();
        assertFalse(held.isReplica());
        assertEquals(home.snapshot(1), held.snapshotId());
        assertEquals(
                home.describe(1).rows(),
                held.table().plan(held.snapshotId(), Expressions.alwaysTrue()).rows());
        assertEquals(Optional.empty(), copies.find(ORDERS, 2));
        assertEquals(0, home.bytesServed);
        home.withdraw();
        copies.turn();
        assertEquals(Optional.empty(), copies.find(ORDERS, 1));
        assertFalse(files("home/store").isEmpty(), "what is another's stays");
    }
}
