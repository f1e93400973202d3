package dev.sheaf.client;

import java.util.Optional;

/// What became of one event of a batch: a receipt or a problem.
///
/// @param index its place in the batch, from 0
public record ContextIngestResult(
        int index, Optional<ContextReceipt> receipt, Optional<ProblemBody> problem) {}
