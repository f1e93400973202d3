package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.GoQuotedText;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.LiteralKind;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Variable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules on operations and their variables.
final class GraphqlOperationRules {
    private GraphqlOperationRules() {}

    static final class KnownRootType implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            if (walk.schema().root(operation.kind()) == null) {
                walk.fault(
                        "Schema does not support operation type \"%s\"".formatted(operation.kind()),
                        operation.position());
            }
        }
    }

    static final class LoneAnonymousOperation implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            if (operation.name().isEmpty() && walk.query().operations().size() > 1) {
                walk.fault(
                        "This anonymous operation must be the only defined operation.",
                        operation.position());
            }
        }
    }

    static final class NoUndefinedVariables implements GraphqlRule {
        @Override
        public void value(Walk walk, SeenValue seen) {
            Operation operation = walk.operation();
            if (operation == null
                    || seen.value().kind() != LiteralKind.VARIABLE
                    || seen.variable() != null) {
                return;
            }
            walk.fault(
                    "Variable \"%s\" is not defined%s."
                            .formatted(
                                    seen.value(),
                                    operation.name().isEmpty()
                                            ? ""
                                            : " by operation \"" + operation.name() + "\""),
                    seen.value().position());
        }
    }

    static final class NoUnusedVariables implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            for (Variable variable : operation.variables()) {
                if (!walk.usedVariables().contains(variable.name())) {
                    walk.fault(
                            "Variable \"$%s\" is never used%s."
                                    .formatted(
                                            variable.name(),
                                            operation.name().isEmpty()
                                                    ? ""
                                                    : " in operation \"" + operation.name() + "\""),
                            variable.position());
                }
            }
        }
    }

    static final class SingleFieldSubscriptions implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            if (!operation.kind().equals("subscription")
                    || walk.schema().root("subscription") == null) {
                return;
            }
            List<Field> fields = new ArrayList<>();
            collect(walk, operation.selections(), fields, new HashSet<>());
            String name =
                    operation.name().isEmpty()
                            ? "Anonymous Subscription"
                            : "Subscription " + GoQuotedText.of(operation.name());
            Map<String, Field> byName = new LinkedHashMap<>();
            fields.forEach(field -> byName.putIfAbsent(field.alias(), field));
            List<Field> different = List.copyOf(byName.values());
            if (different.size() > 1) {
                walk.fault(
                        name + " must select only one top level field.",
                        different.get(1).position());
            }
            for (Field field : different) {
                if (field.name().startsWith("__")) {
                    walk.fault(
                            name + " must not select an introspection top level field.",
                            field.position());
                }
            }
        }

        private static void collect(
                Walk walk, List<Selection> selections, List<Field> fields, Set<String> seen) {
            for (Selection selection : selections) {
                switch (selection) {
                    case Field field -> fields.add(field);
                    case InlineFragment inline -> collect(walk, inline.selections(), fields, seen);
                    case Spread spread -> {
                        Fragment fragment = walk.query().fragment(spread.name());
                        if (fragment != null && seen.add(fragment.name())) {
                            collect(walk, fragment.selections(), fields, seen);
                        }
                    }
                }
            }
        }
    }

    static final class UniqueOperationNames implements GraphqlRule {
        private final Set<String> seen = new HashSet<>();

        @Override
        public void operation(Walk walk, Operation operation) {
            if (!seen.add(operation.name())) {
                walk.fault(
                        "There can be only one operation named \"%s\".".formatted(operation.name()),
                        operation.position());
            }
        }
    }

    static final class UniqueVariableNames implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            Map<String, Integer> seen = new HashMap<>();
            for (Variable variable : operation.variables()) {
                if (seen.merge(variable.name(), 1, Integer::sum) == 2) {
                    walk.fault(
                            "There can be only one variable named \"$%s\"."
                                    .formatted(variable.name()),
                            variable.position());
                }
            }
        }
    }

    static final class VariablesAreInputTypes implements GraphqlRule {
        @Override
        public void operation(Walk walk, Operation operation) {
            for (Variable variable : operation.variables()) {
                TypeDefinition type = walk.schema().type(variable.type());
                if (type != null && !type.isInput()) {
                    walk.fault(
                            "Variable \"$%s\" cannot be non-input type \"%s\"."
                                    .formatted(variable.name(), variable.type()),
                            variable.position());
                }
            }
        }
    }
}
