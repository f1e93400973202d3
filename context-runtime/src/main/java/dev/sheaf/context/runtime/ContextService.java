package dev.sheaf.context.runtime;

import dev.sheaf.kernel.Problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a node offers to those who write and read context. All methods may be called by any thread
/// and block it (virtual threads are made for that); interruption ends the wait.
///
/// Problems: NOT_FOUND for a type that is not known; INVALID_VALUE, BAD_REQUEST, TOO_LARGE for what
/// cannot be; SCHEMA_VIOLATION and IMMUTABLE_FIELD for what the type does not allow; FORBIDDEN for
/// regions and fields out of reach; CONFLICT for a condition that does not hold; STALE for reads
/// that cannot be fresh enough, with the measured staleness and the region that is, in the details;
/// BUSY when there is too much at once; STORAGE_FAILED when the disk is.
public interface ContextService {
    List<TypeInfo> types();

    /// One of them.
    default Optional<TypeInfo> type(String name) {
        return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /// One of them as it is declared; costs nothing, and counts no documents. Of the mesh's own
    /// types none is told.
    Optional<DeclaredType> declared(String name);

    /// What a declaration would be here, without applying it.
    ///
    /// @throws Problem as [#applyType]
    DeclaredType drafted(String yaml, String sourceName);

    /// Declares a type, or a new revision of one.
    ///
    /// @param yaml the declaration
    /// @throws Problem INVALID_VALUE with all findings
    TypeInfo applyType(String yaml, String sourceName);

    /// Writes, and returns when the write is acknowledged.
    WriteReceipt write(WriteRequest request);

    /// Writes events in the JSON form of `spec/context.md`, one after another or in an array; each
    /// succeeds or fails by itself, in order.
    ///
    /// @param type for events that name none
    /// @param author the authenticated subject
    /// @return one result for each event
    List<IngestResult> ingest(byte[] json, Optional<String> type, String author);

    /// @throws Problem STALE when the bounds cannot be met in time
    Read read(ReadRequest request);

    /// Documents of a type, in order of their ids, as far as this node has them.
    ///
    /// @param after an id, or empty for the beginning
    List<String> list(String type, String after, int limit);

    /// How many documents of a subject this node holds.
    long documentsOfSubject(String type, String subject);

    /// Erases all documents of a subject, now and whatever is concurrent.
    ///
    /// @return how many documents were erased here
    long eraseSubject(String type, String subject, String eventId, String author);

    /// @param id one document, or all of the type
    /// @param position where an earlier watch stopped; empty for from now on
    Watch watch(String type, Optional<String> id, Optional<String> position);

    List<ConflictEntry> conflicts(ConflictQuery query);

    List<HistoryEntry> history(DocumentKey key, int limit);

    List<LinkStatus> links();

    List<DigestEntry> digests();

    /// Puts a consistent copy of everything that was acknowledged before the call, and perhaps
    /// more, into a folder of this node's machine, while everything goes on.
    ///
    /// @param folder must not exist, or be empty
    /// @return the log position up to which it has everything
    /// @throws dev.sheaf.kernel.Problem CONFLICT when the folder has something in it,
    ///   STORAGE_FAILED when the disk fails
    long checkpoint(Path folder);
}
