package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Error;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.LiteralKind;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Query;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;
import dev.sheaf.rego.builtin.web.Graphql.Variable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Goes through a query and tells the rules of its parts: operations with the fragments that they
/// spread, then the fragments. Used by one thread, once.
final class GraphqlWalker implements GraphqlRule.Walk {
    private static final TypeReference TEXT =
            new TypeReference("String", null, false, Position.NONE);
    private static final FieldDefinition TYPE_NAME =
            new FieldDefinition("", "__typename", List.of(), null, TEXT, List.of(), Position.NONE);

    private final GraphqlSchema schema;
    private final Query query;
    private final List<GraphqlRule> rules;
    private final Surroundings surroundings;
    private final List<Error> faults = new ArrayList<>();
    private final Set<String> usedVariables = new HashSet<>();
    private final Set<String> spreadFragments = new HashSet<>();
    private @Nullable Operation operation;

    private GraphqlWalker(
            GraphqlSchema schema, Query query, List<GraphqlRule> rules, Surroundings surroundings) {
        this.schema = schema;
        this.query = query;
        this.rules = rules;
        this.surroundings = surroundings;
    }

    /// @return everything that the query has wrong
    static List<Error> check(GraphqlSchema schema, Query query, Surroundings surroundings) {
        GraphqlWalker walker = new GraphqlWalker(schema, query, GraphqlRules.all(), surroundings);
        walker.walk();
        return walker.faults;
    }

    @Override
    public GraphqlSchema schema() {
        return schema;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public @Nullable Operation operation() {
        return operation;
    }

    @Override
    public Set<String> usedVariables() {
        return usedVariables;
    }

    @Override
    public void fault(String message, Position position) {
        faults.add(new Error(message, position));
    }

    @Override
    public void work(long steps) {
        surroundings.work(steps);
    }

    private void walk() {
        for (Operation one : query.operations()) {
            spreadFragments.clear();
            usedVariables.clear();
            operation = one;
            walk(one);
            operation = null;
        }
        for (Fragment fragment : query.fragments()) {
            spreadFragments.clear();
            TypeDefinition type = schema.type(fragment.typeName());
            directives(fragment.directives(), "FRAGMENT_DEFINITION");
            selections(fragment.selections(), type);
            rules.forEach(rule -> rule.fragment(this, fragment));
        }
    }

    private void walk(Operation one) {
        for (Variable variable : one.variables()) {
            rules.forEach(rule -> rule.variable(this, variable));
        }
        for (Variable variable : one.variables()) {
            Literal value = variable.defaultValue();
            if (value != null) {
                value(value, variable.type(), schema.type(variable.type()), false);
            }
            directives(variable.directives(), "VARIABLE_DEFINITION");
        }
        String location =
                switch (one.kind()) {
                    case "mutation" -> "MUTATION";
                    case "subscription" -> "SUBSCRIPTION";
                    default -> "QUERY";
                };
        directives(one.directives(), location);
        selections(one.selections(), schema.root(one.kind()));
        rules.forEach(rule -> rule.operation(this, one));
    }

    private void directives(List<Directive> directives, String location) {
        for (Directive directive : directives) {
            DirectiveDefinition definition = schema.directive(directive.name());
            for (Argument argument : directive.arguments()) {
                argument(argument, definition == null ? List.of() : definition.arguments());
            }
            GraphqlRule.SeenDirective seen =
                    new GraphqlRule.SeenDirective(directive, definition, location);
            rules.forEach(rule -> rule.directive(this, seen));
        }
        rules.forEach(rule -> rule.directives(this, directives));
    }

    private void argument(Argument argument, List<FieldDefinition> definitions) {
        FieldDefinition definition = FieldDefinition.find(definitions, argument.name());
        if (definition == null) {
            value(argument.value(), null, null, false);
        } else {
            value(
                    argument.value(),
                    definition.type(),
                    schema.type(definition.type()),
                    definition.hasDefault());
        }
    }

    private void value(
            Literal value,
            @Nullable TypeReference type,
            @Nullable TypeDefinition definition,
            boolean hasDefault) {
        surroundings.work(1);
        Variable variable = null;
        if (value.kind() == LiteralKind.VARIABLE && operation != null) {
            variable = operation.variable(value.raw());
            if (variable != null) {
                usedVariables.add(variable.name());
            }
        }
        for (Member member : value.members()) {
            if (value.kind() == LiteralKind.OBJECT) {
                FieldDefinition field = definition == null ? null : definition.field(member.name());
                value(
                        member.value(),
                        field == null ? null : field.type(),
                        field == null ? null : schema.type(field.type()),
                        field != null && field.hasDefault());
            } else {
                TypeReference element = type == null ? null : type.element();
                value(member.value(), element, element == null ? null : definition, false);
            }
        }
        GraphqlRule.SeenValue seen =
                new GraphqlRule.SeenValue(value, type, definition, hasDefault, variable);
        rules.forEach(rule -> rule.value(this, seen));
    }

    private void selections(List<Selection> selections, @Nullable TypeDefinition parent) {
        for (Selection selection : selections) {
            surroundings.work(1);
            switch (selection) {
                case Field field -> field(field, parent);
                case InlineFragment inline -> {
                    TypeDefinition type =
                            inline.typeName().isEmpty() ? parent : schema.type(inline.typeName());
                    directives(inline.directives(), "INLINE_FRAGMENT");
                    selections(inline.selections(), type);
                    rules.forEach(rule -> rule.inline(this, inline, parent));
                }
                case Spread spread -> spread(spread, parent);
            }
        }
    }

    private void field(Field field, @Nullable TypeDefinition parent) {
        FieldDefinition definition = definition(field, parent);
        for (Argument argument : field.arguments()) {
            argument(argument, definition == null ? List.of() : definition.arguments());
        }
        directives(field.directives(), "FIELD");
        selections(field.selections(), definition == null ? null : schema.type(definition.type()));
        GraphqlRule.SeenField seen = new GraphqlRule.SeenField(field, definition, parent);
        rules.forEach(rule -> rule.field(this, seen));
    }

    static @Nullable FieldDefinition definition(Field field, @Nullable TypeDefinition parent) {
        if (field.name().equals("__typename")) {
            return TYPE_NAME;
        }
        return parent == null ? null : parent.field(field.name());
    }

    private void spread(Spread spread, @Nullable TypeDefinition parent) {
        Fragment fragment = query.fragment(spread.name());
        directives(spread.directives(), "FRAGMENT_SPREAD");
        if (fragment != null && spreadFragments.add(fragment.name())) {
            selections(fragment.selections(), schema.type(fragment.typeName()));
        }
        rules.forEach(rule -> rule.spread(this, spread, parent));
    }
}
