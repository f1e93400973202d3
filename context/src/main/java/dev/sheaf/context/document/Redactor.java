package dev.sheaf.context.document;

import dev.sheaf.context.Event;
import dev.sheaf.context.FieldRule;

import java.util.function.Predicate;

/// What a region that may not see all fields gets.
public final class Redactor {
    public Redactor(FieldRule root, Predicate<FieldRule> visible) {
        throw new UnsupportedOperationException();
    }

    public Event redact(Event event) {
        throw new UnsupportedOperationException();
    }

    /// A new document; the given one is not changed.
    public Document redact(Document document) {
        throw new UnsupportedOperationException();
    }
}
