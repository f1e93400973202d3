package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Types that are applied while the links are up: streams go on, and none of them stands still.
final class LateTypesTest {
    /// Less than a subscription takes that was lost and is missed: what arrives so late is a fault.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir Path folder;
    private MeshRig rig;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void apply(RegionName region, String name, String staleness) {
        String yaml =
                TestMesh.NOTES
                        .replace("test.notes", name)
                        .replace("staleness: important", "staleness: " + staleness);
        rig.mesh.at(region).applyType(yaml, name + ".yaml");
    }

    private void arrives(RegionName from, RegionName at, DocumentKey key) {
        WriteReceipt written =
                rig.patch(from, key, "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]");
        Read read =
                rig.mesh
                        .at(at)
                        .read(
                                new ReadRequest(
                                        key,
                                        Optional.of(Duration.ofDays(1)),
                                        Optional.of(written.token()),
                                        PATIENCE,
                                        Optional.empty()));
        assertInstanceOf(Read.Found.class, read, from + " to " + at + " of " + key);
    }

    private void arrivesEverywhere(DocumentKey key) {
        rig.put(AWS, key, "{\"visits\": 0}");
        rig.settle();
        for (RegionName from : MeshRig.ALL) {
            for (RegionName at : MeshRig.ALL) {
                arrives(from, at, key);
            }
        }
    }

    @Test
    void streamsGoOnWhenAMoreUrgentTypeJoinsTheirScope() {
        arrivesEverywhere(MeshRig.NOTE);

        apply(GCP, "test.urgent", "critical");
        arrives(GCP, AWS, MeshRig.NOTE);
        arrives(GCP, AZURE, MeshRig.NOTE);
        apply(AZURE, "test.urgent", "critical");
        apply(AWS, "test.urgent", "critical");

        arrivesEverywhere(MeshRig.NOTE);
        arrivesEverywhere(new DocumentKey("test.urgent", "u1"));
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
    }

    /// The links are up before any node knows a type, and so before there is a group.
    @Test
    void documentsOfATypeThatIsAppliedWhileLinkedTravelAtOnce() {
        for (int round = 0; round < 10; round++) {
            rig.close();
            rig =
                    new MeshRig(
                            folder.resolve("round" + round),
                            mesh -> {
                                MeshRig.ALL.forEach(mesh::start);
                                mesh.connectAll();
                                MeshRig.ALL.forEach(region ->
                                        mesh.at(region).applyType(TestMesh.NOTES, "n.yaml"));
                            });
            rig.put(AWS, MeshRig.NOTE, "{\"visits\": 0}");
            arrives(AWS, AZURE, MeshRig.NOTE);
            arrives(AZURE, GCP, MeshRig.NOTE);
            arrives(GCP, AWS, MeshRig.NOTE);
        }
    }
}
