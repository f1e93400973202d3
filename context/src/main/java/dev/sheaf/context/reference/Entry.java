package dev.sheaf.context.reference;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;

/// One thing that a place holds, with the dot of the write that put it there.
public sealed interface Entry {
    long dot();

    /// An Assign put a container here.
    record Presence(Kind kind, long dot) implements Entry {}

    /// A value of the place's register.
    record Value(JsonNode value, long dot, long hlc) implements Entry {}

    /// What one event added to the counter.
    record Amount(BigDecimal amount, long dot) implements Entry {}

    /// A member of the set.
    record Member(JsonValues.Key value, long dot) implements Entry {}

    /// A list element that was not deleted; what it holds is at a place of its own.
    record Element(long dot) implements Entry {}

    /// A code point of the text that was not deleted.
    record Point(int codePoint, long dot) implements Entry {}

    /// What containers there are.
    enum Kind {
        MAP,
        LIST,
        SET,
        TEXT
    }
}
