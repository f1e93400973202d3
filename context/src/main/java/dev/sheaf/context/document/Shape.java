package dev.sheaf.context.document;

/// What a place shows.
public enum Shape {
    /// Nothing.
    ABSENT,
    /// An object whose members are places.
    OBJECT,
    /// A list whose elements are places.
    LIST,
    /// A string whose code points are elements.
    TEXT,
    SET,
    COUNTER,
    /// JSON that is written as a whole.
    VALUE,
    /// Something that this region may not see.
    REDACTED
}
