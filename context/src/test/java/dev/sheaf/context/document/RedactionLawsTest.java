package dev.sheaf.context.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sheaf.context.VersionVector;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// A region that may not see all: what it gets tells it nothing, and destroys nothing when it comes
/// back.
final class RedactionLawsTest {
    @Property(tries = 300)
    void noClassifiedByteLeaves(@ForAll long seed) {
        RedactedMesh mesh = new RedactedMesh();
        mesh.run(new Random(seed), 30);
        Document redacted = mesh.redactor.redact(mesh.full.getFirst().document);
        String state =
                new String(
                        DocumentCodec.encode(redacted, actor -> actor),
                        StandardCharsets.ISO_8859_1);
        String own =
                new String(
                        DocumentCodec.encode(mesh.blind.document, actor -> actor),
                        StandardCharsets.ISO_8859_1);
        for (String text : List.of(mesh.sent.toString(), state, own, mesh.blind.text())) {
            assertFalse(text.contains("secret"), () -> "seed " + seed + ": " + text);
            assertFalse(text.contains("987654321"), () -> "seed " + seed + ": " + text);
        }
    }

    @Property(tries = 300)
    void whatMayBeSeenIsSeenAsItIs(@ForAll long seed) {
        RedactedMesh mesh = new RedactedMesh();
        mesh.run(new Random(seed), 30);
        Document redacted = mesh.redactor.redact(mesh.full.getFirst().document);
        assertEquals(
                redacted.view(RedactedMesh.RULE, mesh.actors),
                mesh.blind.document.view(RedactedMesh.RULE, mesh.actors),
                () -> "seed " + seed);
        for (String pointer : List.of("/open", "/hits")) {
            assertEquals(
                    mesh.full.getFirst().document.get(pointer, RedactedMesh.RULE, mesh.actors),
                    mesh.blind.document.get(pointer, RedactedMesh.RULE, mesh.actors),
                    () -> "seed " + seed);
        }
    }

    @Property(tries = 300)
    void joinedWithTheWholeTheWholeStays(@ForAll long seed) {
        RedactedMesh mesh = new RedactedMesh();
        mesh.run(new Random(seed), 30);
        Region whole = mesh.full.getFirst();
        for (Document blind : List.of(mesh.redactor.redact(whole.document), mesh.blind.document)) {
            Document joined = mesh.copy(whole.document);
            joined.join(
                    mesh.copy(blind), whole.vector, whole.vector, VersionVector.EMPTY, mesh.actors);
            assertEquals(whole.document.digest(), joined.digest(), () -> "seed " + seed);
            Document reversed = mesh.copy(blind);
            reversed.join(
                    mesh.copy(whole.document),
                    whole.vector,
                    whole.vector,
                    VersionVector.EMPTY,
                    mesh.actors);
            assertEquals(whole.document.digest(), reversed.digest(), () -> "seed " + seed);
        }
    }
}
