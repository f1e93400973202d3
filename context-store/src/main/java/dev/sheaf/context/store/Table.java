package dev.sheaf.context.store;

import java.util.Locale;

/// The tables of a [StateStore]: separate ranges of keys, each in bytewise order. The order of the
/// constants is part of the files; new ones go to the end.
public enum Table {
    /// Documents by id.
    DOCUMENTS,
    /// What was overwritten concurrently, in the order in which it was found.
    CONFLICTS,
    /// Ids of events that were seen; they expire, see [StateBatch#putExpiring].
    DEDUPE,
    /// Which documents hold data of which subject.
    SUBJECTS,
    /// Whatever else the node must remember together with the documents.
    META;

    /// As the files name it.
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
