package dev.sheaf.node.audit;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a search goes on: cursors as callers hand them back, `n120` for what is older than entry
/// 120, `o120` for entry 120 and what is newer. As entries have their numbers for good, a place is
/// the same however much is written meanwhile.
///
/// @param sequence an entry's number
record AuditPlace(boolean isNewestFirst, long sequence) {
    private static final Pattern FORM = Pattern.compile("([no])(\\d{1,18})");

    /// @param cursor the caller's; without one, the beginning
    /// @throws Problem BAD_REQUEST when it is none of ours, or of the other order
    static AuditPlace of(Optional<String> cursor, boolean isNewestFirst) {
        if (cursor.isEmpty()) {
            return new AuditPlace(isNewestFirst, isNewestFirst ? Long.MAX_VALUE : 0);
        }
        Matcher form = FORM.matcher(cursor.get());
        if (!form.matches() || form.group(1).equals("n") != isNewestFirst) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "the cursor is none that a search in this order gave: hand back 'next' as it"
                            + " came, with the same order, or leave it away");
        }
        return new AuditPlace(isNewestFirst, Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return (isNewestFirst ? "n" : "o") + sequence;
    }
}
