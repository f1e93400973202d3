package dev.sheaf.context.runtime;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A client's view of changes as they are merged here, in the order of this node's log. A slow
/// client costs no memory: what it has not taken stays in the log, and several changes of one
/// document may come as one, the latest.
public interface Watch extends AutoCloseable {
    /// One document as it is after a change.
    ///
    /// @param position where to resume: hand it to [ContextService#watch]
    /// @param value empty when the document is gone
    /// @param eventId of the change that is shown
    /// @param origin the region that wrote it
    record Change(
            String position,
            DocumentKey key,
            Optional<JsonNode> value,
            String version,
            String eventId,
            String origin,
            Instant at) {}

    /// The next change, or empty when there was none in this time.
    ///
    /// @throws dev.sheaf.kernel.Problem CONFLICT when changes are missing: the log does not go back
    ///   far enough, or the node has joined the type's scope anew and got the documents as a whole
    Optional<Change> next(Duration patience) throws InterruptedException;

    @Override
    void close();
}
