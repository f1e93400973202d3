package dev.sheaf.node.audit;

import dev.sheaf.context.codec.EventJsonReader;
import dev.sheaf.context.codec.IncomingEvent;
import dev.sheaf.context.runtime.ConflictEntry;
import dev.sheaf.context.runtime.ConflictQuery;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.runtime.DigestEntry;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.HistoryEntry;
import dev.sheaf.context.runtime.IngestResult;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.context.runtime.Watch;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.identity.Concerned;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The context's service, which tells the request that it works for whose documents it has touched
/// where the request does not name one document: in batches, streams, conflicts and erasures of
/// persons.
final class ConcernedContext implements ContextService {
    /// What puts new persons on record at once, bound while a stream is written.
    static final ScopedValue<Runnable> TOLD = ScopedValue.newInstance();

    private static final int DEPTH_MAX = 1000;

    private final ContextService service;
    private final DocumentSubjects subjects;
    private final EventJsonReader json = new EventJsonReader(DEPTH_MAX);

    ConcernedContext(ContextService service, DocumentSubjects subjects) {
        this.service = service;
        this.subjects = subjects;
    }

    private static void add(Optional<String> subject) {
        if (subject.isPresent()
                && Concerned.OF_REQUEST.isBound()
                && Concerned.OF_REQUEST.get().add(subject.get())
                && TOLD.isBound()) {
            TOLD.get().run();
        }
    }

    @Override
    public List<IngestResult> ingest(byte[] events, Optional<String> type, String author) {
        Set<DocumentKey> touched = documents(events, type);
        touched.forEach(key -> add(subjects.of(key)));
        List<IngestResult> results = service.ingest(events, type, author);
        touched.forEach(key -> add(subjects.of(key)));
        return results;
    }

    /// Those of types with subjects, up to as many as a line names.
    private Set<DocumentKey> documents(byte[] events, Optional<String> fallback) {
        Set<DocumentKey> keys = new LinkedHashSet<>();
        if (!Concerned.OF_REQUEST.isBound()) {
            return keys;
        }
        json.read(
                events,
                0,
                events.length,
                new EventJsonReader.Receiver() {
                    @Override
                    public void event(int index, IncomingEvent event) {
                        Optional<String> type = event.type().or(() -> fallback);
                        if (type.flatMap(subjects::type).isEmpty()) {
                            return;
                        }
                        Concerned.OF_REQUEST.get().addPlace(type.get());
                        if (keys.size() < Concerned.SUBJECTS_MAX) {
                            keys.add(new DocumentKey(type.get(), event.documentId()));
                        } else {
                            Concerned.OF_REQUEST.get().addMore();
                        }
                    }

                    @Override
                    public void refused(int index, Problem problem) {
                        // The service refuses it too, and says so in its place.
                    }
                });
        return keys;
    }

    @Override
    public long documentsOfSubject(String type, String subject) {
        add(Optional.of(subject));
        return service.documentsOfSubject(type, subject);
    }

    @Override
    public long eraseSubject(String type, String subject, String eventId, String author) {
        long erased = service.eraseSubject(type, subject, eventId, author);
        add(Optional.of(subject));
        return erased;
    }

    @Override
    public List<ConflictEntry> conflicts(ConflictQuery query) {
        List<ConflictEntry> found = service.conflicts(query);
        found.stream().map(ConflictEntry::key).distinct().forEach(key -> add(subjects.of(key)));
        return found;
    }

    private void met(DocumentKey key) {
        Optional<String> subject = subjects.of(key);
        if (subject.isPresent() && Concerned.OF_REQUEST.isBound()) {
            Concerned.OF_REQUEST.get().addPlace(key.type());
        }
        add(subject);
    }

    @Override
    public Watch watch(String type, Optional<String> id, Optional<String> position) {
        Watch watch = service.watch(type, id, position);
        return new Watch() {
            @Override
            public Optional<Change> next(Duration patience) throws InterruptedException {
                Optional<Change> next = watch.next(patience);
                next.ifPresent(change ->
                        add(
                                change.value()
                                        .flatMap(
                                                value -> subjects.of(change.key().type(), value))));
                return next;
            }

            @Override
            public void close() {
                watch.close();
            }
        };
    }

    @Override
    public List<TypeInfo> types() {
        return service.types();
    }

    @Override
    public Optional<TypeInfo> type(String name) {
        return service.type(name);
    }

    @Override
    public Optional<DeclaredType> declared(String name) {
        return service.declared(name);
    }

    @Override
    public DeclaredType drafted(String yaml, String sourceName) {
        return service.drafted(yaml, sourceName);
    }

    @Override
    public TypeInfo applyType(String yaml, String sourceName) {
        return service.applyType(yaml, sourceName);
    }

    @Override
    public WriteReceipt write(WriteRequest request) {
        return service.write(request);
    }

    @Override
    public Read read(ReadRequest request) {
        return service.read(request);
    }

    @Override
    public List<String> list(String type, String after, int limit) {
        return service.list(type, after, limit);
    }

    @Override
    public List<HistoryEntry> history(DocumentKey key, int limit) {
        return service.history(key, limit);
    }

    @Override
    public List<LinkStatus> links() {
        return service.links();
    }

    @Override
    public List<DigestEntry> digests() {
        return service.digests();
    }

    @Override
    public long checkpoint(Path folder) {
        return service.checkpoint(folder);
    }
}
