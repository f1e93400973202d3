package dev.sheaf.node.costs;

import java.util.List;

/// What a statement may cost, held back from the budgets until it has ended. Record what was really
/// used ([Metering]) and then close it. With the process it ends by itself.
public interface Reservation extends AutoCloseable {
    /// For whoever asked: budgets that are nearly spent, or exceeded without being refused.
    List<String> warnings();

    /// Gives back what was held. Any number of times.
    @Override
    void close();
}
