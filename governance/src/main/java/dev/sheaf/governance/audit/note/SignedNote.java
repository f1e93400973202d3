package dev.sheaf.governance.audit.note;

import dev.sheaf.kernel.Problem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A text with signatures below it. Nothing in it is to be believed before [#check].
///
/// Source: C2SP signed-note, "Format".
///
/// @param text ends with a line feed
/// @param signatures at least one, at most 64
public record SignedNote(String text, List<NoteSignature> signatures) {
    public static final int BYTES_MAX = 1 << 20;
    private static final int SIGNATURES_MAX = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
        requireText(text);
        if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
            throw NoteFault.malformed(
                    "a note has 1 to "
                            + SIGNATURES_MAX
                            + " signatures, this one has "
                            + signatures.size());
        }
    }

    /// @throws Problem UNREADABLE_INPUT when it is no note
    public static SignedNote parse(byte[] utf8) {
        if (utf8.length > BYTES_MAX) {
            throw NoteFault.malformed(
                    "a note of " + utf8.length + " bytes; allowed are " + BYTES_MAX);
        }
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw NoteFault.malformed("the note is no UTF-8", e);
        }
    }

    /// @throws Problem UNREADABLE_INPUT when it is no note
    public static SignedNote parse(String note) {
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || split == note.length() - 2) {
            throw NoteFault.malformed(
                    "no note: expected is a text, an empty line, and lines with signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        String[] lines = note.substring(split + 2, note.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX) {
            throw NoteFault.malformed(
                    "a note with " + lines.length + " signatures; allowed are " + SIGNATURES_MAX);
        }
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw NoteFault.malformed("a note's text ends with a line feed");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n') {
                throw NoteFault.malformed(
                        "the note has a control character, number "
                                + (int) c
                                + " at "
                                + i
                                + "; only line feeds are allowed");
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw NoteFault.malformed("the note's text has half a character in it");
        }
    }

    /// Who of these keys has signed. A signature that claims to be by one of them and is not makes
    /// the whole note untrusted; signatures of strangers count for nothing.
    public NoteCheck check(Collection<NoteKey> keys) {
        Set<NoteKey> signers = new HashSet<>();
        for (NoteSignature signature : signatures) {
            for (NoteKey key : keys) {
                if (!key.claims(signature) || signers.contains(key)) {
                    continue;
                }
                if (!key.verifies(text, signature.signature())) {
                    return new NoteCheck.Forged(key.name());
                }
                signers.add(key);
            }
        }
        return signers.isEmpty()
                ? new NoteCheck.Unknown(
                        signatures.stream()
                                .map(NoteSignature::keyName)
                                .collect(Collectors.joining(", ")))
                : new NoteCheck.Trusted(signers);
    }

    /// The same note with one more signature.
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            note.append(signature).append('\n');
        }
        return note.toString();
    }
}
