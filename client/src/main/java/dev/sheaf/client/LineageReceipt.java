package dev.sheaf.client;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Optional;

/// What became of lineage events that were sent, in the words of OpenLineage's batches
/// (spec/OpenLineage.yml).
///
/// @param status `success`, or `partial_success` when some were refused
public record LineageReceipt(
        String status,
        Summary summary,
        @JsonProperty("failed_events") List<Failed> failedEvents,
        List<String> notes) {
    public LineageReceipt {
        failedEvents = List.copyOf(failedEvents);
        notes = List.copyOf(notes);
    }

    /// @param received all that were sent
    /// @param successful that are kept now
    /// @param duplicates of those, how many were here before
    public record Summary(int received, int successful, int failed, int duplicates) {}

    /// An event that was refused.
    ///
    /// @param index in what was sent, from 0
    /// @param retriable whether it may help to send it again
    /// @param code of the problem
    public record Failed(int index, String reason, boolean retriable, Optional<String> code) {}
}
