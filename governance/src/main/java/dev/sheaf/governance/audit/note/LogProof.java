package dev.sheaf.governance.audit.note;

import dev.sheaf.governance.audit.merkle.InclusionProof;
import dev.sheaf.governance.audit.merkle.TreeHash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/// A proof in text that an entry is in a log: index, hashes, and the signed checkpoint. Who has the
/// entry and the log's public key needs nothing else.
///
/// Source: C2SP tlog-proof.
///
/// @param extra opaque and not authenticated; empty for none
/// @param index of the entry
/// @param path as in [InclusionProof]
/// @param checkpoint signed by the log, perhaps by witnesses too
public record LogProof(String extra, long index, List<TreeHash> path, SignedNote checkpoint) {
    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int HASHES_MAX = 63;

    public LogProof {
        path = List.copyOf(path);
        if (!extra.isEmpty()) {
            requireBase64(extra);
        }
    }

    private static void requireBase64(String extra) {
        try {
            Base64.getDecoder().decode(extra);
        } catch (IllegalArgumentException e) {
            throw NoteFault.malformed("the extra data of the proof are no base64", e);
        }
    }

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when it is no such proof
    public static LogProof parse(String text) {
        int split = text.indexOf("\n\n");
        if (split < 0) {
            throw NoteFault.malformed("no proof: expected is an empty line before the checkpoint");
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, split).split("\n", -1)));
        if (!lines.removeFirst().equals(HEAD)) {
            throw NoteFault.malformed("no proof: expected is '" + HEAD + "' as the first line");
        }
        String extra = "";
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = lines.removeFirst().substring(EXTRA.length());
            if (extra.isEmpty()) {
                throw NoteFault.malformed("the proof has a line for extra data without any");
            }
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw NoteFault.malformed("no proof: expected is a line that begins with 'index '");
        }
        long index =
                Decimal.parse(
                        "the index of the proof", lines.removeFirst().substring(INDEX.length()));
        if (lines.size() > HASHES_MAX) {
            throw NoteFault.malformed(
                    "a proof of " + lines.size() + " hashes; " + HASHES_MAX + " are enough");
        }
        List<TreeHash> path = lines.stream().map(TreeHash::parse).toList();
        return new LogProof(extra, index, path, SignedNote.parse(text.substring(split + 2)));
    }

    /// Whether this proves that the log with this key has the entry: the checkpoint is of this
    /// origin, a key has signed it, and the hashes lead from the entry to its root.
    ///
    /// @param leaf the entry's hash
    /// @param keys of the log
    public boolean proves(TreeHash leaf, String origin, Collection<NoteKey> keys) {
        boolean isTrusted = checkpoint.check(keys) instanceof NoteCheck.Trusted;
        if (!isTrusted) {
            return false;
        }
        Checkpoint signed = Checkpoint.parse(checkpoint.text());
        return signed.origin().equals(origin)
                && new InclusionProof(index, signed.size(), path).proves(leaf, signed.root());
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        if (!extra.isEmpty()) {
            text.append(EXTRA).append(extra).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        for (TreeHash hash : path) {
            text.append(hash).append('\n');
        }
        return text.append('\n').append(checkpoint).toString();
    }
}
