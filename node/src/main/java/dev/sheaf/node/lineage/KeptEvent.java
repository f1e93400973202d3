package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Sha256;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.LineageEvent;
import dev.sheaf.lineage.RunState;

import java.time.Instant;
import java.util.Optional;

/// An event as it is kept: its text byte for byte, and what it is looked for by.
///
/// @param number in the order of arrival; 0 before it is kept
/// @param time as of which it counts
/// @param by the subject of whoever has sent it
/// @param subject the job, or the dataset of an event without one
/// @param text as it came
record KeptEvent(
        long number,
        Sha256 digest,
        Instant receivedAt,
        String by,
        Instant time,
        EntityName subject,
        Optional<String> run,
        Optional<RunState> state,
        byte[] text) {
    static KeptEvent of(LineageEvent event, byte[] text, String by, Instant receivedAt) {
        Sha256 digest = Sha256.of(text);
        return switch (event) {
            case LineageEvent.OfRun run ->
                    new KeptEvent(
                            0,
                            digest,
                            receivedAt,
                            by,
                            run.time(),
                            run.job(),
                            Optional.of(run.runId()),
                            Optional.of(run.state()),
                            text);
            case LineageEvent.OfJob job ->
                    new KeptEvent(
                            0,
                            digest,
                            receivedAt,
                            by,
                            job.time(),
                            job.job(),
                            Optional.empty(),
                            Optional.empty(),
                            text);
            case LineageEvent.OfDataset dataset ->
                    new KeptEvent(
                            0,
                            digest,
                            receivedAt,
                            by,
                            dataset.time(),
                            dataset.dataset(),
                            Optional.empty(),
                            Optional.empty(),
                            text);
        };
    }
}
