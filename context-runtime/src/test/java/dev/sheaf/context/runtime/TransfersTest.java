package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What is told of transfers, and of waiting for them.
@Timeout(60)
final class TransfersTest {
    private static final int DOCUMENTS = 30;

    private final MeshRig rig;
    private final List<Transfer> told = new CopyOnWriteArrayList<>();

    TransfersTest(@TempDir Path folder) {
        rig = new MeshRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void write(RegionName region) {
        for (int i = 0; i < DOCUMENTS; i++) {
            rig.put(region, new DocumentKey("test.notes", "t" + i), "{\"title\": \"a title\"}");
        }
    }

    private long events() {
        return told.stream()
                .filter(each -> each.kind() == Transfer.Kind.CATCH_UP)
                .mapToLong(Transfer::items)
                .sum();
    }

    @Test
    void aLinkThatComesBackIsOneTransferAndWhatFollowsIsNone() {
        rig.settle();
        rig.mesh.at(AZURE).whenTransfersEnd(told::add);
        rig.mesh.isolate(AZURE);
        write(AWS);
        rig.mesh.connectAll();
        rig.settle();
        rig.until("all of it is told", () -> events() == DOCUMENTS);
        assertTrue(told.stream().allMatch(Transfer::isWhole), told.toString());
        assertTrue(told.stream().allMatch(each -> each.bytes() > each.items()), told.toString());
        assertFalse(told.stream().anyMatch(each -> each.took().isNegative()), told.toString());

        // Until both links have been heard of since: what is old is not known to be fresh.
        MeshRig.sleep(500);
        for (int i = 0; i < DOCUMENTS; i++) {
            read("t" + i, Duration.ofMillis(400), Duration.ofSeconds(20), () -> {});
        }
        int before = told.size();
        write(AWS);
        rig.settle();
        assertEquals(before, told.size(), "neither beats nor single events are transfers");
    }

    @Test
    void aStateThatIsFetchedIsOneTransfer() throws IOException {
        // Who has written nothing has lost nothing.
        write(AZURE);
        rig.settle();
        rig.mesh.stop(AZURE);
        MeshRig.deleteTree(rig.mesh.folderOf(AZURE));
        rig.mesh.start(AZURE).whenTransfersEnd(told::add);
        rig.mesh.at(AZURE).applyType(TestMesh.NOTES, "notes.yaml");
        rig.mesh.connectAll();
        rig.until(
                "the states of both shards are told",
                () ->
                        told.stream()
                                        .filter(each -> each.kind() == Transfer.Kind.STATE)
                                        .filter(Transfer::isWhole)
                                        .map(Transfer::shard)
                                        .distinct()
                                        .count()
                                == 2);
        assertFalse(told.stream().anyMatch(each -> each.from().equals(AZURE)), told.toString());
    }

    @Test
    void onlyWhoHasToWaitIsToldSo() {
        rig.put(AWS, MeshRig.NOTE, "{\"title\": \"a\"}");
        rig.settle();
        AtomicInteger waits = new AtomicInteger();
        Runnable waiting = waits::incrementAndGet;
        read("n1", Duration.ofDays(1), Duration.ofSeconds(1), waiting);
        assertEquals(0, waits.get());
        rig.mesh.isolate(AZURE);
        MeshRig.sleep(50);
        assertThrows(
                Problem.class,
                () -> read("n1", Duration.ofMillis(1), Duration.ofMillis(100), waiting));
        assertEquals(1, waits.get());
    }

    private void read(String id, Duration maxStaleness, Duration patience, Runnable waiting) {
        rig.mesh
                .at(AZURE)
                .read(
                        new ReadRequest(
                                new DocumentKey("test.notes", id),
                                Optional.of(maxStaleness),
                                Optional.empty(),
                                patience,
                                Optional.empty(),
                                waiting));
    }
}
