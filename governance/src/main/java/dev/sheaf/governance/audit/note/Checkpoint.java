package dev.sheaf.governance.audit.note;

import dev.sheaf.governance.audit.merkle.TreeHash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a log says of itself at one size, to be signed: everything up to there, forever.
///
/// Source: C2SP tlog-checkpoint, "Note text".
///
/// @param origin which log; not empty
/// @param size how many entries
/// @param root of the tree over them
/// @param extensions further lines, not empty; none by us
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {
    private static final int LINES_MIN = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        List<String> lines = new ArrayList<>(extensions);
        lines.add(origin);
        for (String line : lines) {
            if (line.isEmpty() || line.indexOf('\n') >= 0) {
                throw NoteFault.malformed(
                        "a checkpoint's lines are not empty, '"
                                + NoteFault.shown(line)
                                + "' is no such line");
            }
        }
        if (size < 0) {
            throw NoteFault.malformed("a log has no size " + size);
        }
        if (size == 0 && !root.equals(TreeHash.EMPTY)) {
            throw NoteFault.malformed("the root of an empty log is " + TreeHash.EMPTY);
        }
    }

    public Checkpoint(String origin, long size, TreeHash root) {
        this(origin, size, root, List.of());
    }

    /// Reads the text of a note, signatures unseen.
    ///
    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when it is no checkpoint
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length <= LINES_MIN || !lines[lines.length - 1].isEmpty()) {
            throw NoteFault.malformed(
                    "no checkpoint: expected are lines with origin, size and root, each ended by a"
                            + " line feed");
        }
        return new Checkpoint(
                lines[0],
                Decimal.parse("the size of the checkpoint", lines[1]),
                TreeHash.parse(lines[2]),
                Arrays.asList(lines).subList(LINES_MIN, lines.length - 1));
    }

    /// What is signed.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n').append(size).append('\n').append(root).append('\n');
        for (String line : extensions) {
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
