package dev.sheaf.context.store;

import java.util.Locale;

/// The tables of a [StateStore]: separate ranges of keys, each in bytewise order. Their numbers and
/// names are part of the files; new ones go to the end.
public enum Table {
    /// Documents by id.
    DOCUMENTS(1),
    /// What was overwritten concurrently, in the order in which it was found.
    CONFLICTS(2),
    /// Ids of events that were seen; they expire, see [StateBatch#putExpiring].
    DEDUPE(3),
    /// Which documents hold data of which subject.
    SUBJECTS(4),
    /// Whatever else the node must remember together with the documents.
    META(5);

    private final int number;

    Table(int number) {
        this.number = number;
    }

    /// From 1, without holes, in the order of the constants.
    int number() {
        return number;
    }

    /// As the files name it.
    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
