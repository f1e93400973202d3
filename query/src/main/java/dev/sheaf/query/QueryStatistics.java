package dev.sheaf.query;

import java.time.Duration;

/// What a query has cost so far.
///
/// @param rows delivered
/// @param resultBytes delivered, as Arrow batches in memory
/// @param files of the products' releases that were opened to it, after pruning
/// @param filesPruned that could not hold a matching row
/// @param bytesMax the size of the opened files: more than this was not read
/// @param waited for a worker
/// @param planned parsing, guarding, resolving, deciding, making views
/// @param executed from then to the last row, the reader's own time included
/// @param truncated whether rows were left out because of the request's row limit
public record QueryStatistics(
        long rows,
        long resultBytes,
        int files,
        int filesPruned,
        long bytesMax,
        Duration waited,
        Duration planned,
        Duration executed,
        boolean truncated) {}
