package dev.sheaf.context.schema;

import tools.jackson.databind.JsonNode;

import java.util.List;

/// One keyword of a schema, or several that only mean something together. A rule holds for every
/// value of a type that it is not about.
sealed interface Rule permits Rule.Plain, Rule.Descending {
    boolean holds(JsonNode value, Run run);

    /// Says why it does not hold; says nothing when it does.
    void explain(JsonNode value, Location at, Run run, List<Violation> into);

    /// A rule that looks at the value itself only.
    non-sealed interface Plain extends Rule {
        boolean holds(JsonNode value);

        String keyword();

        /// Of a value for which the rule does not hold.
        String message(JsonNode value);

        @Override
        default boolean holds(JsonNode value, Run run) {
            return holds(value);
        }

        @Override
        default void explain(JsonNode value, Location at, Run run, List<Violation> into) {
            if (!holds(value)) {
                into.add(new Violation(at.pointer(), keyword(), message(value)));
            }
        }
    }

    /// A rule that applies other schemas.
    non-sealed interface Descending extends Rule {}
}
