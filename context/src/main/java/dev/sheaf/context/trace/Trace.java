package dev.sheaf.context.trace;

import java.util.List;

/// A recorded editing session. All positions and lengths count Unicode code points.
///
/// @param concurrent whether transactions name their parents; else each follows the one before
/// @param startContent the text before the first transaction
/// @param endContent the text after all of them
public record Trace(
        boolean concurrent,
        String startContent,
        String endContent,
        List<Transaction> transactions) {

    /// What one agent did in one go, on the document that is the merge of all its parents.
    ///
    /// @param parents indexes of earlier transactions; none is the start
    public record Transaction(int agent, List<Integer> parents, List<Patch> patches) {}

    /// A change at a place: some characters go, then some come. The patches of a transaction are
    /// applied one after the other.
    public record Patch(int position, int deletedCount, String inserted) {}

    public int patchCount() {
        return transactions.stream().mapToInt(transaction -> transaction.patches().size()).sum();
    }
}
