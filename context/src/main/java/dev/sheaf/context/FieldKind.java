package dev.sheaf.context;

/// How a place in a document merges. Objects are maps of places and arrays are lists unless their
/// field says otherwise.
public enum FieldKind {
    /// By the JSON value: objects merge member by member, arrays are lists, scalars are registers.
    STRUCTURE,
    /// One value, replaced as a whole, whatever JSON it is; concurrent ones go to the resolver.
    REGISTER,
    /// A number that is added to.
    COUNTER,
    /// Distinct JSON values; adding wins over concurrent removing.
    SET,
    /// An ordered list (FugueMax).
    LIST,
    /// A list of turns.
    CONVERSATION,
    /// A string as a list of its Unicode code points.
    TEXT,
    /// Written once; the first write stands.
    IMMUTABLE
}
