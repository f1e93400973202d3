package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A scope that is held back from one of its regions.
final class HoldsTest {
    private static final DocumentKey LATER = new DocumentKey("test.notes", "later-document");
    private static final DocumentKey OTHER = new DocumentKey("test.other", "other-document");
    private MeshRig rig;

    @BeforeEach
    void start(@TempDir Path folder) {
        rig = new MeshRig(folder);
        rig.put(AWS, NOTE, "{\"title\":\"first\"}");
        rig.settle();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String scope() {
        return rig.mesh.at(AWS).declared("test.notes").orElseThrow().scope();
    }

    private void holdFromGcp() {
        List<HeldScope> held = List.of(new HeldScope(scope(), List.of("test.notes: it is denied")));
        assertTrue(rig.mesh.at(AWS).hold(GCP, held));
        assertTrue(rig.mesh.at(AZURE).hold(GCP, held));
        assertFalse(rig.mesh.at(AWS).hold(GCP, held));
        rig.mesh.connectAll();
    }

    private void releaseToGcp() {
        assertTrue(rig.mesh.at(AWS).hold(GCP, List.of()));
        assertTrue(rig.mesh.at(AZURE).hold(GCP, List.of()));
        rig.mesh.connectAll();
    }

    /// Whatever is there, also at a region that has not heard of another since its link began anew.
    private Optional<JsonNode> value(RegionName region, DocumentKey key) {
        Read read =
                rig.mesh
                        .at(region)
                        .read(
                                new ReadRequest(
                                        key,
                                        Optional.of(Duration.ofNanos(Long.MAX_VALUE)),
                                        Optional.empty(),
                                        Duration.ZERO,
                                        Optional.empty()));
        return read instanceof Read.Found found ? Optional.of(found.value()) : Optional.empty();
    }

    private boolean wentToGcp(int from, String text) {
        byte[] needle = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> frames = rig.mesh.framesToGcp();
        return frames.subList(from, frames.size()).stream()
                .anyMatch(frame -> contains(frame, needle));
    }

    private static boolean contains(byte[] frame, byte[] needle) {
        for (int at = 0; at + needle.length <= frame.length; at++) {
            if (Arrays.equals(frame, at, at + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void nothingOfAHeldScopeGoesOverAndAllOfItComesAfterwards() {
        assertTrue(wentToGcp(0, scope()), "what is looked for can be found");
        holdFromGcp();
        int from = rig.mesh.framesToGcp().size();
        rig.put(AWS, LATER, "{\"title\":\"confidential-title\"}");
        rig.put(AZURE, NOTE, "{\"title\":\"confidential-note\"}");
        rig.put(GCP, new DocumentKey("test.notes", "of-gcp"), "{\"title\":\"mine\"}");
        rig.until("azure has it", () -> value(AZURE, LATER).isPresent());
        rig.until("aws has it", () -> value(AWS, NOTE).orElseThrow().toString().contains("note"));
        MeshRig.sleep(1500);
        assertTrue(value(GCP, LATER).isEmpty());
        assertEquals("{\"title\":\"first\"}", value(GCP, NOTE).orElseThrow().toString());
        assertFalse(wentToGcp(from, "confidential"));
        assertFalse(wentToGcp(from, "later-document"));
        assertFalse(wentToGcp(from, scope()), "not even the scope is spoken of");
        assertEquals(
                List.of("test.notes: it is denied"),
                rig.mesh.at(AWS).links().stream()
                        .filter(link -> link.region().equals(GCP.toString()))
                        .findFirst()
                        .orElseThrow()
                        .held()
                        .getFirst()
                        .reasons());

        releaseToGcp();
        rig.until("gcp has it", () -> value(GCP, LATER).isPresent());
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(AZURE));
        assertEquals(
                value(AWS, NOTE).orElseThrow().toString(),
                value(GCP, NOTE).orElseThrow().toString());
        assertEquals(
                "{\"title\":\"mine\"}",
                value(AWS, new DocumentKey("test.notes", "of-gcp")).orElseThrow().toString());
    }

    @Test
    void otherScopesGoOn() {
        for (var region : MeshRig.ALL) {
            rig.mesh
                    .at(region)
                    .applyType(
                            TestMesh.NOTES
                                    .replace("test.notes", "test.other")
                                    .replace(
                                            "[aws/us-east-1, azure/westeurope, gcp/europe-west1]",
                                            "[aws/us-east-1, gcp/europe-west1]")
                                    .replace(
                                            "[aws/us-east-1, azure/westeurope]", "[aws/us-east-1]"),
                            "other.yaml");
        }
        holdFromGcp();
        rig.put(AWS, OTHER, "{\"title\":\"open\"}");
        rig.until("gcp has it", () -> value(GCP, OTHER).isPresent());
        assertTrue(value(GCP, LATER).isEmpty());
    }

    @Test
    void whatIsCaughtUpIsHeldToo() {
        rig.mesh.stop(GCP);
        rig.put(AWS, LATER, "{\"title\":\"confidential-title\"}");
        holdFromGcp();
        int from = rig.mesh.framesToGcp().size();
        rig.mesh.start(GCP);
        rig.mesh.connectAll();
        MeshRig.sleep(1500);
        assertFalse(wentToGcp(from, "later-document"));
        assertFalse(wentToGcp(from, scope()));
        releaseToGcp();
        rig.until("gcp has it", () -> value(GCP, LATER).isPresent());
    }

    @Test
    void manyWritesMeetAHoldWithoutALeakOrALoss() {
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 2_000; i++) {
                                rig.put(AWS, new DocumentKey("test.notes", "many-" + i), "{}");
                            }
                        });
        for (int round = 0; round < 5; round++) {
            holdFromGcp();
            int from = rig.mesh.framesToGcp().size();
            MeshRig.sleep(100);
            assertFalse(wentToGcp(from, scope()), "round " + round);
            releaseToGcp();
            MeshRig.sleep(50);
        }
        rig.until("the writer ends", () -> !writer.isAlive());
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(AZURE));
        assertEquals(2_001, rig.mesh.at(GCP).list("test.notes", "", 10_000).size());
    }
}
