package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class ConflictsTest {
    private static final DocumentKey PAIR = new DocumentKey("test.pair", "p1");
    private static final String PAIRS =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.pair
            domain: testing
            versions:
              - version: "1.0"
                schema:
                  type: object
                  properties: {a: {type: integer}, b: {type: integer}, c: {type: integer}}
                  maxProperties: 2
            residency: {regions: [aws/us-east-1, azure/westeurope, gcp/europe-west1]}
            """;

    @TempDir Path folder;
    private MeshRig rig;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder);
        for (RegionName region : MeshRig.ALL) {
            rig.mesh.at(region).applyType(PAIRS, "pairs.yaml");
        }
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private List<ConflictEntry> conflicts(RegionName region, String type) {
        return rig.mesh
                .at(region)
                .conflicts(
                        new ConflictQuery(
                                Optional.of(type),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                100));
    }

    @Test
    void validWritesThatMergeToAnInvalidDocumentAreAConflictInEveryRegion() {
        rig.put(AWS, PAIR, "{\"a\": 1}");
        rig.settle();
        rig.mesh.isolate(AWS);
        rig.patch(AWS, PAIR, "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]");
        rig.patch(GCP, PAIR, "[{\"op\":\"add\",\"path\":\"/c\",\"value\":3}]");
        rig.mesh.connectAll();
        rig.settle();
        for (RegionName region : MeshRig.ALL) {
            List<ConflictEntry> found = conflicts(region, "test.pair");
            assertEquals(
                    List.of("SCHEMA"),
                    found.stream().map(ConflictEntry::kind).toList(),
                    region.toString());
            assertEquals("", found.getFirst().pointer());
            assertEquals(3, found.getFirst().shown().orElseThrow().size());
        }
        rig.patch(AZURE, PAIR, "[{\"op\":\"remove\",\"path\":\"/c\"}]");
        rig.settle();
        assertEquals(1, conflicts(AWS, "test.pair").size());
    }

    @Test
    void concurrentWritesThatMergeToAValidDocumentAreNone() {
        rig.put(AWS, NOTE, "{\"title\": \"a\"}");
        rig.settle();
        rig.mesh.isolate(AWS);
        rig.patch(AWS, NOTE, "[{\"op\":\"add\",\"path\":\"/owner\",\"value\":\"b\"}]");
        rig.patch(GCP, NOTE, "[{\"op\":\"add\",\"path\":\"/title\",\"value\":\"c\"}]");
        rig.mesh.connectAll();
        rig.settle();
        assertEquals(List.of(), conflicts(AWS, "test.notes"));
        assertEquals(List.of(), conflicts(GCP, "test.notes"));
    }
}
