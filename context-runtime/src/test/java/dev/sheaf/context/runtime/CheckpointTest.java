package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

final class CheckpointTest {
    @TempDir Path folder;
    private MeshRig rig;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder.resolve("mesh"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aCheckpointTakenDuringWritesHasEverythingAcknowledgedBeforeIt() throws Exception {
        rig.put(AWS, NOTE, "{\"visits\": 0}");
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!done.get()) {
                                long next = acknowledged.get() + 1;
                                rig.put(
                                        AWS,
                                        new DocumentKey("test.notes", "w" + next),
                                        "{\"visits\": " + next + "}");
                                acknowledged.set(next);
                            }
                        });
        rig.until("it writes", () -> acknowledged.get() > 50);
        long before = acknowledged.get();
        Path checkpoint = folder.resolve("checkpoint");
        long position = rig.mesh.at(AWS).checkpoint(checkpoint);
        assertTrue(position > before, () -> "position " + position);
        rig.until("it goes on", () -> acknowledged.get() > before + 50);
        done.set(true);
        writer.join();
        rig.settle();
        rig.mesh.stop(AWS);
        MeshRig.deleteTree(rig.mesh.folderOf(AWS));
        ContextRuntime.restore(checkpoint, rig.mesh.folderOf(AWS));
        rig.mesh.start(AWS);
        for (long i = 1; i <= before; i++) {
            DocumentKey key = new DocumentKey("test.notes", "w" + i);
            assertEquals(i, visits(key));
        }
        // The others have more of this node than it has itself: it comes back under a new epoch.
        rig.mesh.connectAll();
        rig.until(
                "nothing is missing",
                () ->
                        rig.mesh.at(AWS).list("test.notes", "", 10_000).size()
                                == acknowledged.get() + 1);
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
    }

    /// As the documents are, whether the node may tell or not.
    private long visits(DocumentKey key) {
        JsonNode view =
                rig.ask(
                        AWS,
                        key,
                        group -> {
                            KnownType type = group.typeOf(key).orElseThrow();
                            return group.documents()
                                    .load(type, key)
                                    .document
                                    .view(type.rules(), rig.mesh.at(AWS).groups().parts().actors())
                                    .orElseThrow();
                        });
        return view.get("visits").longValue();
    }

    @Test
    void aFolderInUseAndAnIncompleteCheckpointAreRefused() throws IOException {
        Path used = Files.createDirectories(folder.resolve("used"));
        Files.writeString(used.resolve("a"), "a");
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(Problem.class, () -> rig.mesh.at(AWS).checkpoint(used)).code());
        Path checkpoint = folder.resolve("checkpoint");
        rig.mesh.at(AWS).checkpoint(checkpoint);
        assertEquals(
                ProblemCode.CONFLICT,
                assertThrows(Problem.class, () -> ContextRuntime.restore(checkpoint, used)).code());
        assertEquals(
                ProblemCode.UNREADABLE_INPUT,
                assertThrows(
                                Problem.class,
                                () -> ContextRuntime.restore(used, folder.resolve("new")))
                        .code());
        Files.delete(checkpoint.resolve("store").resolve("MANIFEST"));
        assertEquals(
                ProblemCode.UNREADABLE_INPUT,
                assertThrows(
                                Problem.class,
                                () -> ContextRuntime.restore(checkpoint, folder.resolve("another")))
                        .code());
    }

    @Test
    void aRefusedRestoreLeavesTheFolderReadyForTheNextTry() throws IOException {
        rig.put(AWS, NOTE, "{\"title\": \"a\"}");
        Path damaged = folder.resolve("damaged");
        Path good = folder.resolve("good");
        rig.mesh.at(AWS).checkpoint(damaged);
        rig.mesh.at(AWS).checkpoint(good);
        try (Stream<Path> files = Files.list(damaged.resolve("store").resolve("log"))) {
            Path segment = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 2] ^= 1;
            Files.write(segment, bytes);
        }
        Path engine = folder.resolve("engine");
        assertThrows(Problem.class, () -> ContextRuntime.restore(damaged, engine));
        assertTrue(ContextRuntime.restore(good, engine) > 0);
    }
}
