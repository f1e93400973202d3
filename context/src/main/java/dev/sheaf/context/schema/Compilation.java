package dev.sheaf.context.schema;

import java.util.List;

/// What became of a schema.
public sealed interface Compilation {
    record Compiled(SchemaValidator validator) implements Compilation {}

    /// @param faults all of them, at least one
    record Refused(List<SchemaFault> faults) implements Compilation {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
