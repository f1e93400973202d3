package dev.sheaf.node.runs;

import dev.sheaf.product.publish.PublishReport;

/// Publishes: reads, checks, writes and commits. Blocks until the run has ended.
@FunctionalInterface
public interface PublishWork {
    /// What became of it. A refusal is an outcome.
    ///
    /// @throws dev.sheaf.kernel.Problem when it could not be done
    PublishReport publish(PublishOrder order, RunProgress progress);
}
