package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Types of the mesh itself: the node writes their documents, and nobody else does.
final class MeshTypesTest {
    private static final String TYPE = TestMesh.NOTES.replace("test.notes", "mesh.notes");
    private static final DocumentKey KEY = new DocumentKey("mesh.notes", "n1");

    @TempDir Path folder;
    private MeshRig rig;

    @BeforeEach
    void start() {
        rig = new MeshRig(folder);
        MeshRig.ALL.forEach(region -> rig.mesh.at(region).applyTypeOfTheMesh(TYPE, "mesh.yaml"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void theirDocumentsGoToAllRegionsAndSurviveARestart() {
        rig.put(AWS, KEY, "{\"title\": \"a\"}");
        rig.settle();
        assertEquals("a", rig.value(GCP, KEY).orElseThrow().get("title").stringValue());
        rig.mesh.stop(GCP);
        rig.mesh.start(GCP);
        rig.mesh.connectAll();
        rig.settle();
        assertEquals("a", rig.value(GCP, KEY).orElseThrow().get("title").stringValue());
    }

    @Test
    void aDomainDeclaresNone() {
        assertEquals(
                ProblemCode.INVALID_CONFIGURATION,
                assertThrows(Problem.class, () -> rig.mesh.at(AWS).applyType(TYPE, "mesh.yaml"))
                        .code());
        assertEquals(
                ProblemCode.INVALID_CONFIGURATION,
                assertThrows(
                                Problem.class,
                                () ->
                                        rig.mesh
                                                .at(AWS)
                                                .applyTypeOfTheMesh(TestMesh.NOTES, "notes.yaml"))
                        .code());
    }

    @Test
    void clientsEventsDoNotTouchThem() {
        rig.put(AWS, KEY, "{\"title\": \"a\"}");
        String event =
                """
                {"eventId": "e1", "timestamp": "%s", "version": "1.0", "contextType": "mesh.notes", "contextId": "n1",
                 "cloudRegion": "us-east-1", "eventType": "CONTEXT_STATE", "payload": {"state": {"title": "forged"}}}
                """
                        .formatted(Instant.now());
        IngestResult.Refused refused =
                assertInstanceOf(
                        IngestResult.Refused.class,
                        rig.mesh
                                .at(AWS)
                                .ingest(
                                        event.getBytes(StandardCharsets.UTF_8),
                                        Optional.empty(),
                                        "mallory")
                                .getFirst());
        assertEquals(ProblemCode.FORBIDDEN, refused.problem().code());
        assertEquals("a", rig.value(AWS, KEY).orElseThrow().get("title").stringValue());
    }
}
