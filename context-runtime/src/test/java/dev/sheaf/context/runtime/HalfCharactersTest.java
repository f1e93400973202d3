package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Halves of surrogate pairs are refused at every door; whole ones pass.
final class HalfCharactersTest {
    private static final String HALF = "\\" + "ud800";
    private static final String GROWN =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: test.grown
            domain: testing
            versions:
              - version: "1.0"
                schema: {type: object, properties: {a: {type: string}}}
              - version: "1.1"
                schema: {type: object, properties: {a: {type: string}, b: {type: string}}}
                translate:
                  up:
                    - default: {path: /b, value: "\\ud800"}
                  down:
                    - remove: /b
            residency: {regions: [aws/us-east-1, azure/westeurope, gcp/europe-west1]}
            """;

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

    private static void assertRefused(String place, Executable write) {
        assertNames(place, assertThrows(Problem.class, write));
    }

    private static void assertNames(String place, Problem problem) {
        assertEquals(ProblemCode.INVALID_VALUE, problem.code());
        assertTrue(problem.message().contains(place), problem::message);
        assertTrue(problem.message().contains("send the whole character"), problem::message);
        assertTrue(problem.message().chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Test
    void wholeCharactersPass() {
        rig.put(AWS, NOTE, "{\"title\": \"\\ud83d\\ude00 and \\ufffd\"}");
        rig.settle();
        assertEquals(
                "\ud83d\ude00 and \ufffd",
                rig.value(GCP, NOTE).orElseThrow().get("title").stringValue());
    }

    @Test
    void aWholeDocumentIsRefused() {
        assertRefused("'/title'", () -> rig.put(AWS, NOTE, "{\"title\": \"x" + HALF + "\"}"));
        assertRefused(
                "'/lines/1/who/0'",
                () -> rig.put(AWS, NOTE, "{\"lines\": [{}, {\"who\": [\"" + HALF + "\"]}]}"));
        assertRefused("a member's name at ''", () -> rig.put(AWS, NOTE, "{\"" + HALF + "\": 1}"));
    }

    @Test
    void aPatchIsRefused() {
        rig.put(AWS, NOTE, "{\"title\": \"a\", \"tags\": [], \"lines\": []}");
        for (String path : List.of("/title", "/tags/-")) {
            assertRefused(
                    path.substring(0, 5),
                    () ->
                            rig.patch(
                                    AWS,
                                    NOTE,
                                    "[{\"op\":\"add\",\"path\":\""
                                            + path
                                            + "\",\"value\":\""
                                            + HALF
                                            + "\"}]"));
        }
        assertRefused(
                "a member's name",
                () ->
                        rig.patch(
                                AWS,
                                NOTE,
                                "[{\"op\":\"add\",\"path\":\"/" + HALF + "\",\"value\":1}]"));
        assertEquals("a", rig.value(AWS, NOTE).orElseThrow().get("title").stringValue());
    }

    @Test
    void anEventOfABatchIsRefusedAndTheOthersAreNot() {
        List<IngestResult> results =
                rig.ingest(
                        AWS,
                        event("e1", "n1", "x" + HALF)
                                + event("e2", "n" + HALF, "x")
                                + event("e" + HALF, "n1", "x")
                                + event("e4", "n1", "x"));
        assertNames("'/title'", refused(results.get(0)));
        assertNames("the document's id", refused(results.get(1)));
        assertNames("the event's id", refused(results.get(2)));
        assertTrue(MeshRig.written(results.get(3)).changed());
    }

    @Test
    void aCloudEventIsRefused() {
        String inner = event("e1", "n1", "x" + HALF);
        String cloud =
                """
                {"specversion": "1.0", "id": "e1", "source": "/contexts/test.notes", "subject": "n1",
                 "type": "dev.sheaf.context.delta", "time": "2026-01-15T14:30:00Z",
                 "datacontenttype": "application/json", "data": %s}
                """
                        .formatted(inner);
        assertNames("'/title'", refused(rig.ingest(AWS, cloud).getFirst()));
    }

    @Test
    void aSubjectAndADocumentsIdAreRefused() {
        assertRefused(
                "the subject",
                () -> rig.mesh.at(AWS).eraseSubject("test.notes", "a\ud800", "e1", "officer"));
        assertRefused(
                "the event's id",
                () -> rig.mesh.at(AWS).eraseSubject("test.notes", "a", "e\udc00", "officer"));
        assertRefused(
                "the document's id",
                () -> rig.put(AWS, new DocumentKey("test.notes", "n\ud800"), "{}"));
    }

    @Test
    void whatATranslationWouldAddIsRefused() {
        rig.mesh.at(AWS).applyType(GROWN, "grown.yaml");
        DocumentKey key = new DocumentKey("test.grown", "g1");
        WriteRequest old =
                new WriteRequest(
                        key,
                        new Change.State(MeshRig.JSON.readTree("{\"a\": \"x\"}")),
                        "e1",
                        Optional.of("1.0"),
                        Optional.empty(),
                        0,
                        "",
                        "tester",
                        Optional.empty());
        assertRefused("'/b'", () -> rig.mesh.at(AWS).write(old));
    }

    private static Problem refused(IngestResult result) {
        return assertInstanceOf(IngestResult.Refused.class, result).problem();
    }

    private static String event(String id, String document, String title) {
        return """
        {"eventId": "%s", "timestamp": "2026-01-15T14:30:00.000Z", "version": "1.0", "contextId": "%s",
         "cloudRegion": "us-east-1", "eventType": "CONTEXT_DELTA", "payload": {"operations": [
           {"type": "ADD", "path": "", "value": {"title": "%s"}}]}}
        """
                .formatted(id, document, title);
    }
}
