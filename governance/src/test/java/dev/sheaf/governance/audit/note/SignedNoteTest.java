package dev.sheaf.governance.audit.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.governance.audit.merkle.Tree;
import dev.sheaf.governance.audit.merkle.TreeHash;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;

/// Signing, and everything that must not pass for signed.
final class SignedNoteTest {
    private final NoteSigner signer = TestKeys.signer("example.com/log");

    @Test
    void aSignedTextIsTrustedAndEveryChangedByteIsNot() {
        SignedNote note = signer.sign("one\n\ntwo ä\n");
        assertEquals(note, SignedNote.parse(note.toBytes()));
        assertInstanceOf(NoteCheck.Trusted.class, note.check(List.of(signer.key())));
        byte[] bytes = note.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertFalse(isTrusted(changed), "byte " + i);
        }
    }

    private boolean isTrusted(byte[] note) {
        try {
            return SignedNote.parse(note).check(List.of(signer.key())) instanceof NoteCheck.Trusted;
        } catch (Problem e) {
            return false;
        }
    }

    @Test
    void strangersCountForNothingAndAWrongSignatureSpoilsTheNote() {
        NoteSigner stranger = TestKeys.signer("example.com/stranger");
        SignedNote note =
                signer.sign("text\n").with(stranger.sign("text\n").signatures().getFirst());
        assertInstanceOf(NoteCheck.Trusted.class, note.check(List.of(signer.key())));
        assertInstanceOf(NoteCheck.Unknown.class, note.check(List.of(TestKeys.signer("x").key())));
        assertInstanceOf(NoteCheck.Unknown.class, note.check(List.of()));
        SignedNote spoiled =
                signer.sign("text\n").with(stranger.sign("other\n").signatures().getFirst());
        assertInstanceOf(
                NoteCheck.Forged.class, spoiled.check(List.of(signer.key(), stranger.key())));
        // The same name with another key is a stranger, not a forger.
        NoteSigner namesake = TestKeys.signer("example.com/log");
        assertInstanceOf(
                NoteCheck.Unknown.class, namesake.sign("text\n").check(List.of(signer.key())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\nname AAAA\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name with AAAAAAAA\n",
                "text\n\n— na+me AAAAAAAA\n",
                "text\n\n— name AAAA*AAA\n",
                "text\n\n— name AAAAAAAA",
                "te\rxt\n\n— name AAAAAAAA\n",
                "te\u0000xt\n\n— name AAAAAAAA\n",
                "text\n\n— name AAAAAAAA\n\n"
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThrows(Problem.class, () -> SignedNote.parse(text));
    }

    @Test
    void bytesThatAreNoUtf8AreNoNote() {
        byte[] note = signer.sign("ä\n").toBytes();
        note[0] = (byte) 0xc0;
        assertThrows(Problem.class, () -> SignedNote.parse(note));
        assertThrows(Problem.class, () -> SignedNote.parse(new byte[SignedNote.BYTES_MAX + 1]));
    }

    @Test
    void sixtyFourSignaturesAreReadAndNoMore() {
        SignedNote note = signer.sign("text\n");
        NoteSignature line = note.signatures().getFirst();
        while (note.signatures().size() < 64) {
            note = note.with(line);
        }
        SignedNote full = note;
        assertInstanceOf(
                NoteCheck.Trusted.class,
                SignedNote.parse(full.toString()).check(List.of(signer.key())));
        assertThrows(Problem.class, () -> full.with(line));
        assertThrows(Problem.class, () -> SignedNote.parse(full + line.toString() + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
                "example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo",
                ""
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThrows(Problem.class, () -> NoteKey.parse(text));
    }

    @Test
    void aWitnessSignsWithTheTimeItSaw() {
        NoteSigner witness = TestKeys.signer("example.org/witness");
        SignedNote checkpoint =
                signer.sign(new Checkpoint("example.com/log", 0, TreeHash.EMPTY).text());
        SignedNote witnessed = witness.cosign(checkpoint, 1_700_000_000L);
        assertEquals(
                new NoteCheck.Trusted(java.util.Set.of(witness.cosignerKey())),
                witnessed.check(List.of(witness.cosignerKey())));
        assertInstanceOf(NoteCheck.Unknown.class, witnessed.check(List.of(witness.key())));
        NoteKey parsed = NoteKey.parse(witness.cosignerKey().toString());
        assertEquals(witness.cosignerKey(), parsed);
        // Another time under the same signature.
        byte[] changed = witnessed.signatures().getLast().signature();
        changed[7] ^= 1;
        SignedNote later =
                checkpoint.with(
                        new NoteSignature(
                                witness.key().name(), witness.cosignerKey().id(), changed));
        assertInstanceOf(NoteCheck.Forged.class, later.check(List.of(witness.cosignerKey())));
        assertThrows(IllegalArgumentException.class, () -> witness.cosign(checkpoint, -1));
    }

    @Test
    void keysThatAreNoPairAreRefused() {
        KeyPair mixed = new KeyPair(TestKeys.pair().getPublic(), TestKeys.pair().getPrivate());
        assertThrows(IllegalArgumentException.class, () -> new NoteSigner("x", mixed));
        assertThrows(Problem.class, () -> new NoteSigner("a b", TestKeys.pair()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
                "o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n1\nCsUY\n",
                "o\n1\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            })
    void whatIsNoCheckpointIsRefused(String text) {
        assertThrows(Problem.class, () -> Checkpoint.parse(text));
    }

    @Test
    void extensionLinesAreKept() {
        String text = "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\nand more\n";
        assertEquals(List.of("more", "and more"), Checkpoint.parse(text).extensions());
        assertEquals(text, Checkpoint.parse(text).text());
    }

    @Test
    void aProofInTextConvincesWithTheKeyAlone() {
        byte[] entry = "entry".getBytes(StandardCharsets.UTF_8);
        TreeHash leaf = TreeHash.leaf(entry);
        TreeHash other = TreeHash.leaf(new byte[0]);
        List<TreeHash> hashes = List.of(other, leaf, TreeHash.node(other, leaf));
        Tree tree = new Tree(2, (level, index) -> hashes.get((int) index + 2 * level));
        Checkpoint checkpoint = new Checkpoint("example.com/log", 2, tree.root());
        LogProof proof =
                new LogProof("", 1, tree.inclusion(1).path(), signer.sign(checkpoint.text()));
        LogProof read = LogProof.parse(proof.toString());
        assertEquals(proof, read);
        assertTrue(read.proves(leaf, "example.com/log", List.of(signer.key())));
        assertFalse(read.proves(other, "example.com/log", List.of(signer.key())));
        assertFalse(read.proves(leaf, "example.com/other", List.of(signer.key())));
        assertFalse(read.proves(leaf, "example.com/log", List.of(TestKeys.signer("x").key())));
        LogProof moved = new LogProof("", 0, proof.path(), proof.checkpoint());
        assertFalse(moved.proves(leaf, "example.com/log", List.of(signer.key())));
        String text = proof.toString();
        assertThrows(Problem.class, () -> LogProof.parse(text.replace("@v1", "@v2")));
        assertThrows(Problem.class, () -> LogProof.parse(text.replace("index 1", "index 01")));
        assertThrows(Problem.class, () -> LogProof.parse(text.replace("index 1\n", "")));
        assertThrows(Problem.class, () -> LogProof.parse(text.replace("index", "extra \nindex")));
    }
}
