package dev.sheaf.context.runtime;

import dev.sheaf.kernel.Problem;

/// What became of one event of a batch.
public sealed interface IngestResult {
    /// Its place in the batch, from 0.
    int index();

    record Written(int index, WriteReceipt receipt) implements IngestResult {}

    record Refused(int index, Problem problem) implements IngestResult {}
}
