package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// One demand on queries (specification, 5). Told of every part on the way, parts before what they
/// stand in. Used by one thread, for one document.
interface GraphqlRule {
    /// Where the walk is, and where faults go.
    interface Walk {
        GraphqlSchema schema();

        Query query();

        /// Null outside operations.
        @Nullable Operation operation();

        /// Names of the operation's variables that were seen.
        Set<String> usedVariables();

        void fault(String message, Position position);

        /// Counts work.
        void work(long steps);
    }

    /// @param definition null when the parent has no such field, or nothing is known of it
    record SeenField(
            Field field, @Nullable FieldDefinition definition, @Nullable TypeDefinition parent) {}

    /// @param definition of the innermost type that is expected
    /// @param hasDefault whether what expects it has a value of its own
    /// @param variable that it names, when it does
    record SeenValue(
            Literal value,
            @Nullable TypeReference type,
            @Nullable TypeDefinition definition,
            boolean hasDefault,
            @Nullable Variable variable) {}

    record SeenDirective(
            Directive directive, @Nullable DirectiveDefinition definition, String location) {}

    default void operation(Walk walk, Operation operation) {}

    default void variable(Walk walk, Variable variable) {}

    default void field(Walk walk, SeenField field) {}

    default void fragment(Walk walk, Fragment fragment) {}

    default void inline(Walk walk, InlineFragment fragment, @Nullable TypeDefinition parent) {}

    default void spread(Walk walk, Spread spread, @Nullable TypeDefinition parent) {}

    default void directive(Walk walk, SeenDirective directive) {}

    default void directives(Walk walk, List<Directive> directives) {}

    default void value(Walk walk, SeenValue value) {}
}
