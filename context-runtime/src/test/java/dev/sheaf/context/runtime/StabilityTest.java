package dev.sheaf.context.runtime;

import static dev.sheaf.context.runtime.MeshRig.ALL;
import static dev.sheaf.context.runtime.MeshRig.NOTE;
import static dev.sheaf.context.runtime.TestMesh.AWS;
import static dev.sheaf.context.runtime.TestMesh.AZURE;
import static dev.sheaf.context.runtime.TestMesh.GCP;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.VersionVector;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.document.DocumentCodec;
import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

final class StabilityTest {
    private static final DocumentKey PLAIN = new DocumentKey("test.notes", "p1");
    private static final Duration FLUSH = Duration.ofSeconds(31);

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

    private void writeAndDelete() {
        rig.put(AWS, NOTE, "{\"title\": \"a\", \"visits\": 1, \"tags\": [\"x\"], \"lines\": []}");
        rig.settle();
        for (int i = 0; i < 9; i++) {
            RegionName region = ALL.get(i % 3);
            rig.patch(
                    region,
                    NOTE,
                    "[{\"op\":\"add\",\"path\":\"/lines/0\",\"value\":{\"n\":"
                            + i
                            + "}},"
                            + "{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1}]");
        }
        rig.settle();
        rig.put(AWS, PLAIN, "{\"title\": \"a\", \"visits\": 1, \"tags\": [\"x\", \"y\"]}");
        rig.settle();
        rig.patch(
                GCP,
                PLAIN,
                "[{\"op\":\"increment\",\"path\":\"/visits\",\"value\":1},"
                        + "{\"op\":\"remove\",\"path\":\"/tags/0\"}]");
        rig.patch(AZURE, NOTE, "[{\"op\":\"remove\",\"path\":\"/lines/4\"}]");
        rig.patch(GCP, NOTE, "[{\"op\":\"remove\",\"path\":\"/lines/0\"}]");
        rig.settle();
    }

    /// Whether nothing can be stripped from the document that is still in it.
    private boolean isPlain(RegionName region, DocumentKey key) {
        return rig.ask(
                region,
                key,
                group -> {
                    Document document =
                            group.documents().load(group.typeOf(key).orElseThrow(), key).document;
                    byte[] held = DocumentCodec.encode(document, index -> index);
                    byte[] stored =
                            rig.stored(region, key)
                                    .map(each -> DocumentCodec.encode(each, index -> index))
                                    .orElse(new byte[0]);
                    Document least = rig.stored(region, key).orElseGet(Document::new);
                    least.strip(group.replica().applied(), group.replica().applied());
                    return Arrays.equals(held, stored)
                            && Arrays.equals(held, DocumentCodec.encode(least, index -> index));
                });
    }

    private boolean isQuiet() {
        rig.mesh.advance(FLUSH);
        MeshRig.sleep(200);
        return ALL.stream()
                .allMatch(region ->
                        isPlain(region, NOTE)
                                && isPlain(region, PLAIN)
                                && rig.stored(region, PLAIN).orElseThrow().metadataBytes() == 0);
    }

    private boolean cutCoversAll() {
        return rig.ask(AWS, NOTE, group -> group.replica().cut().covers(group.replica().applied()));
    }

    @Test
    void deletedElementsGoAndAQuietDocumentHasNoMetadataInAnyRegion() {
        writeAndDelete();
        String value = rig.value(AWS, NOTE).orElseThrow().toString();
        rig.until("nothing but values is left", this::isQuiet);
        for (RegionName region : ALL) {
            assertEquals(value, rig.value(region, NOTE).orElseThrow().toString());
        }
        rig.patch(GCP, NOTE, "[{\"op\":\"add\",\"path\":\"/lines/3\",\"value\":{\"n\":99}}]");
        rig.settle();
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(AZURE));
        assertEquals(rig.mesh.digests(AWS), rig.mesh.digests(GCP));
    }

    @Test
    void whatWasNotStrippedBeforeARestartIsStrippedOnLoadingAndOnDisk() {
        writeAndDelete();
        rig.until("the cut covers the writes", this::cutCoversAll);
        VersionVector cut = rig.ask(AWS, NOTE, group -> group.replica().cut());
        rig.mesh.stop(AWS);
        rig.mesh.start(AWS);
        VersionVector found = rig.ask(AWS, NOTE, group -> group.replica().settled());
        assertTrue(found.covers(cut), () -> found + " does not cover " + cut);
        rig.mesh.connectAll();
        rig.until("nothing but values is left", this::isQuiet);
    }

    @Test
    void noCutIsReportedBeforeItIsDurable() {
        writeAndDelete();
        rig.until("the cut covers the writes", this::cutCoversAll);
        rig.mesh.advance(FLUSH);
        rig.until(
                "it is reported",
                () ->
                        rig.ask(
                                AWS,
                                NOTE,
                                group ->
                                        group.replica()
                                                .settled()
                                                .covers(group.replica().applied())));
        VersionVector told = rig.ask(AWS, NOTE, group -> group.replica().settled());
        VersionVector kept =
                GroupStates.read(
                                rig.mesh.at(AWS).groups().parts().state(),
                                rig.ask(AWS, NOTE, Group::number))
                        .orElseThrow()
                        .state()
                        .cut();
        assertTrue(kept.covers(told), () -> kept + " is kept, " + told + " was told");
    }
}
