package dev.sheaf.governance.audit.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every worked example of C2SP's documents about logs. Those that are cut with `[...]` are not
/// examples that can be read.
final class PublishedNotesTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```\\n(.*?)```");
    private static final Pattern INDENTED = Pattern.compile("(?m)(?:^(?: {4}.*)?\\n)+");

    /// The key of Go's checksum database: the example checkpoint of the documents is one of its,
    /// under another name.
    private static final String SUM_DATABASE =
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    private static String document(String name) throws IOException {
        Path file =
                Path.of(System.getProperty("sheaf.testdata", "testdata"))
                        .resolve("c2sp-tlog")
                        .resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no test data at " + file);
        return Files.readString(file);
    }

    private static List<String> blocks(String document) {
        List<String> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(document); block.find(); ) {
            blocks.add(block.group(1));
        }
        for (Matcher block = INDENTED.matcher(document); block.find(); ) {
            String text = block.group().replaceAll("(?m)^ {4}", "").strip();
            if (!text.isEmpty()) {
                blocks.add(text + "\n");
            }
        }
        return blocks;
    }

    private static List<String> notes(String document) throws IOException {
        return blocks(document(document)).stream()
                .filter(block -> block.contains("\n\n— ") && !block.contains("[...]"))
                .toList();
    }

    @Test
    void theExampleOfSignedNotesVerifiesWithTheExampleKey() throws IOException {
        String document = document("signed-note.md");
        Matcher key = Pattern.compile("example\\.com/foo\\+[0-9a-f]{8}\\+\\S+").matcher(document);
        assertTrue(key.find());
        NoteKey known = NoteKey.parse(key.group());
        assertEquals(key.group(), known.toString());
        List<String> notes = notes("signed-note.md");
        assertEquals(2, notes.size());
        int trusted = 0;
        for (String text : notes) {
            SignedNote note = SignedNote.parse(text);
            assertEquals(text, note.toString());
            if (note.check(List.of(known)) instanceof NoteCheck.Trusted check) {
                assertEquals(Set.of(known), check.signers());
                SignedNote changed = SignedNote.parse(text.replace("an example", "no example"));
                assertInstanceOf(NoteCheck.Forged.class, changed.check(List.of(known)));
                trusted++;
            }
        }
        assertEquals(1, trusted);
    }

    @Test
    void theExampleCheckpointIsReadWithItsCosignature() throws IOException {
        List<String> notes = new ArrayList<>(notes("tlog-checkpoint.md"));
        notes.addAll(notes("tlog-cosignature.md"));
        notes.addAll(
                notes("tlog-witness.md").stream()
                        .map(text -> text.substring(text.indexOf("\n\n") + 2))
                        .toList());
        assertEquals(3, notes.size());
        for (String text : notes) {
            SignedNote note = SignedNote.parse(text);
            assertEquals(text, note.toString());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertEquals("example.com/behind-the-sofa", checkpoint.origin());
            assertEquals(20852163, checkpoint.size());
            assertEquals(
                    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", checkpoint.root().toString());
            assertEquals(note.text(), checkpoint.text());
            assertEquals(0x033de0ae, note.signatures().getFirst().keyId());
        }
        NoteSignature witness = SignedNote.parse(notes.get(1)).signatures().getLast();
        assertEquals("witness.example.com/w1", witness.keyName());
        assertEquals(1679315147L, Cosignature.seconds(witness.signature()));
    }

    @Test
    void theExampleCheckpointIsGenuineUnderTheNameItWasSignedFor() throws IOException {
        SignedNote example = SignedNote.parse(notes("tlog-checkpoint.md").getFirst());
        Checkpoint checkpoint = Checkpoint.parse(example.text());
        NoteKey key = NoteKey.parse(SUM_DATABASE);
        Checkpoint original =
                new Checkpoint("go.sum database tree", checkpoint.size(), checkpoint.root());
        byte[] signature = example.signatures().getFirst().signature();
        assertTrue(key.verifies(original.text(), signature));
        assertFalse(key.verifies(checkpoint.text(), signature));
    }

    @Test
    void theExampleLinesOfWitnessesAndMirrorsAreSignatures() throws IOException {
        int lines = 0;
        for (String name : List.of("tlog-witness.md", "tlog-mirror.md", "tlog-cosignature.md")) {
            Matcher line = Pattern.compile("(?m)^ *(— .*)$").matcher(document(name));
            while (line.find()) {
                if (!line.group(1).contains("[...]") && !line.group(1).contains("<")) {
                    assertEquals(line.group(1), NoteSignature.parse(line.group(1)).toString());
                    lines++;
                }
            }
        }
        assertEquals(10, lines);
    }

    @Test
    void theExampleProofHasItsPartsWhenItsCutSignaturesAreReplaced() throws IOException {
        String cut = blocks(document("tlog-proof.md")).getFirst();
        SignedNote signed =
                TestKeys.signer("example.com/fancylog")
                        .sign(cut.substring(cut.indexOf("\n\n") + 2, cut.lastIndexOf("\n\n") + 1));
        String text = cut.substring(0, cut.indexOf("\n\n") + 2) + signed;
        LogProof proof = LogProof.parse(text);
        assertEquals(73894, proof.index());
        assertEquals(5, proof.path().size());
        assertEquals("YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ", proof.extra());
        assertEquals(109482, Checkpoint.parse(proof.checkpoint().text()).size());
        assertEquals(text, proof.toString());
    }
}
