package dev.sheaf.context.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/// Many writers, one sync.
@Timeout(60)
final class GroupCommitTest {
    @TempDir private Path directory;

    private static CompletableFuture<Long> synced(GroupCommit commit, EventLog log, long position) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        commit.whenSynced(
                position, () -> done.complete(log.syncedPosition()), done::completeExceptionally);
        return done;
    }

    @Test
    void everyWriterHearsWhenItsRecordIsDurable() throws Exception {
        int writers = 300;
        int records = 40;
        AtomicLong wrong = new AtomicLong();
        try (SegmentLog log = LogFolders.open(directory.resolve("log"));
                GroupCommit commit = new GroupCommit(log, Thread.ofPlatform().factory())) {
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int actor = writer;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    for (int i = 1; i <= records; i++) {
                                        long position =
                                                log.append(0, actor, i, i, new byte[50], 0, 50);
                                        if (synced(commit, log, position).join() < position) {
                                            wrong.incrementAndGet();
                                        }
                                    }
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(0, wrong.get());
            assertEquals((long) writers * records, log.syncedPosition());
        }
    }

    @Test
    void aFailingDiskFailsAllWhoWaitAndThoseWhoComeLater() throws Exception {
        MemoryLog log = new MemoryLog();
        try (GroupCommit commit = new GroupCommit(log, Thread.ofPlatform().factory())) {
            long first = log.append(0, 0, 1, 1, new byte[1], 0, 1);
            assertEquals(1, synced(commit, log, first).get());
            long second = log.append(0, 0, 2, 2, new byte[1], 0, 1);
            log.failDisk();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Long> failed = synced(commit, log, second);
                Throwable cause = assertThrows(ExecutionException.class, failed::get).getCause();
                assertEquals(
                        ProblemCode.STORAGE_FAILED,
                        org.junit.jupiter.api.Assertions.assertInstanceOf(Problem.class, cause)
                                .code());
            }
            assertEquals(1, synced(commit, log, first).get());
        }
    }

    @Test
    void closingServesThoseWhoWait() throws Exception {
        MemoryLog log = new MemoryLog();
        GroupCommit commit = new GroupCommit(log, Thread.ofPlatform().factory());
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            waiting.add(synced(commit, log, log.append(0, 0, i, i, new byte[1], 0, 1)));
        }
        commit.close();
        assertTrue(waiting.stream().allMatch(CompletableFuture::isDone));
        assertThrows(IllegalStateException.class, () -> synced(commit, log, 1));
    }
}
