package dev.sheaf.product.sample;

import java.util.List;

/// Tells what kind of personal data a sample looks like. For any thread.
@FunctionalInterface
public interface PersonalDataDetector {
    /// @return the surest first, empty when it looks like none; with nothing decided
    List<ColumnProposal> look(ColumnSample sample);
}
