package dev.sheaf.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is kept for how long at a node, and what became of it.
///
/// @param intervalSeconds between runs; 0 when there are only those that are asked for
/// @param last the last run that changed something or tried to
/// @param refusal why the node does not run: its clock has jumped
/// @param rules products and context types that say how long their data is kept, in the order of
///   their names
public record RetentionStatus(
        long intervalSeconds,
        Optional<RetentionRun> last,
        Optional<String> refusal,
        List<Rule> rules) {
    public RetentionStatus {
        rules = List.copyOf(rules);
    }

    /// @param kind `product` or `context`
    /// @param seconds how long
    /// @param column what a row's age counts from; empty where releases or documents count as a
    ///   whole
    /// @param oldestSeconds age of the current release, where releases count as a whole
    /// @param overdue whether that is more than it is kept: only its owner can publish anew
    public record Rule(
            String kind,
            String name,
            long seconds,
            Optional<String> column,
            OptionalLong oldestSeconds,
            boolean overdue) {}
}
