package dev.sheaf.node.context;

import dev.sheaf.context.runtime.DeclaredType;

import java.util.List;

/// What becomes of a caller's wish, by the policies in force.
sealed interface Verdict {
    /// Granted.
    ///
    /// @param masks of what the caller sees of the type's documents
    record View(DeclaredType type, FieldMasks masks) implements Verdict {}

    /// Refused, to somebody who may know of the type.
    record Refused(List<String> reasons) implements Verdict {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /// There is no such type, or the caller may not know of it.
    record Unseen() implements Verdict {}
}
