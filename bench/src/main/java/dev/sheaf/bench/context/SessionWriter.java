package dev.sheaf.bench.context;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Event;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchCompression;
import dev.sheaf.context.codec.BatchWriter;
import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.context.document.Document;
import dev.sheaf.context.patch.PatchResolver;
import dev.sheaf.context.patch.Resolution;
import dev.sheaf.kernel.Problem;

import java.util.ArrayList;
import java.util.List;

/// The origin of events, without a node around it: reads them from JSON, resolves them against its
/// documents, gives them their numbers, and merges them. One stream. Not safe for threads.
final class SessionWriter {
    /// How deep a document may be, as in the type's limits.
    private static final int DEPTH_MAX = 100;

    private final SessionDocuments documents;
    private final ActorTable actors;
    private final int actor;
    private final EventJsonReader reader = new EventJsonReader(DEPTH_MAX);
    private long sequence = 1;
    private long hlc = Hlc.of(1_768_487_400_000L, 0);

    /// @param actor who writes
    SessionWriter(SessionDocuments documents, ActorTable actors, int actor) {
        this.documents = documents;
        this.actors = actors;
        this.actor = actor;
    }

    /// Reads lines of JSON; what each event has become goes to the list.
    ///
    /// @return how many events there were
    int writeAll(byte[] lines, List<Event> written) {
        return reader.read(
                lines,
                0,
                lines.length,
                new EventJsonReader.Receiver() {
                    @Override
                    public void event(int index, IncomingEvent event) {
                        written.add(write(event));
                    }

                    @Override
                    public void refused(int index, Problem problem) {
                        throw problem;
                    }
                });
    }

    /// As [#writeAll], and keeps nothing of the events.
    int merge(byte[] lines) {
        return reader.read(
                lines,
                0,
                lines.length,
                new EventJsonReader.Receiver() {
                    @Override
                    public void event(int index, IncomingEvent event) {
                        write(event);
                    }

                    @Override
                    public void refused(int index, Problem problem) {
                        throw problem;
                    }
                });
    }

    private Event write(IncomingEvent incoming) {
        Document document = documents.of(incoming.documentId());
        Resolution resolution =
                new PatchResolver(document, documents.rules(), actors, actor, sequence)
                        .resolve(incoming.operations());
        hlc = Hlc.next(hlc, incoming.timestampMillis());
        Event event =
                new Event(
                        incoming.eventId(),
                        incoming.kind(),
                        SessionType.NAME,
                        incoming.documentId(),
                        incoming.version(),
                        actor,
                        sequence,
                        resolution.width(),
                        hlc,
                        VersionVector.EMPTY.with(actor, sequence - 1),
                        incoming.lane().orElse(Lane.CRITICAL),
                        "",
                        incoming.ttlSeconds(),
                        incoming.compactionKey(),
                        resolution.ops());
        documents.apply(event);
        sequence += resolution.width();
        return event;
    }

    /// What the writer has written so far.
    VersionVector vector() {
        return VersionVector.EMPTY.with(actor, sequence - 1);
    }

    /// The events in frames of the wire.
    static List<byte[]> frames(
            List<Event> events, int batch, ActorTable actors, BatchCompression compression) {
        BatchWriter writer = new BatchWriter(actors);
        List<byte[]> frames = new ArrayList<>();
        for (Event event : events) {
            writer.add("aws/us-east-1+azure/westeurope", 0, event);
            if (writer.eventCount() == batch) {
                frames.add(writer.finish(compression));
            }
        }
        if (writer.eventCount() > 0) {
            frames.add(writer.finish(compression));
        }
        return frames;
    }
}
