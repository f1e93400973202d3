package dev.sheaf.context.sync;

import dev.sheaf.context.Event;
import dev.sheaf.context.Op;

import java.util.ArrayList;
import java.util.List;

/// An erasure that somebody may still have to be told of: a region that was evicted and comes back
/// must not write again what was concurrent with it.
///
/// @param dot of the event that erased
/// @param type the context type
/// @param documentId the document, or empty when a subject's documents were erased
/// @param subject the subject, or empty when one document was erased
public record Erasure(long dot, String type, String documentId, String subject) {
    static List<Erasure> in(Event event) {
        List<Erasure> erasures = new ArrayList<>();
        for (Op op : event.ops()) {
            if (op instanceof Op.Erase) {
                erasures.add(new Erasure(event.dot(), event.type(), event.documentId(), ""));
            } else if (op instanceof Op.EraseSubject(String subject)) {
                erasures.add(new Erasure(event.dot(), event.type(), "", subject));
            }
        }
        return erasures;
    }
}
