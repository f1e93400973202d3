package dev.sheaf.context.document;

/// What kind of concurrent writing was merged; `spec/context.md`, section 3.1.
public enum ConflictKind {
    /// Two regions assigned different values.
    OVERWRITE,
    /// A place holds JSON of several types at once.
    KIND,
    /// Something was removed while another region wrote it; the write stays.
    REMOVE_LOST,
    /// A list element was deleted while another region wrote inside it; the write is gone.
    DELETED_ELEMENT,
    /// Two regions moved one list element.
    MOVE,
    /// Two regions answered the same turn of a conversation.
    BRANCH,
    /// Two turns have the same idempotency key.
    DUPLICATE_TURN,
    /// A field that is written once was written twice.
    IMMUTABLE,
    /// A write was concurrent with an erasure and is gone.
    ERASED,
    /// The document that concurrent writes were merged to does not satisfy its schema; they did.
    SCHEMA
}
