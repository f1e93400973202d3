package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Directive;
import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All the rules, in the order in which OPA asks them, and those on fields, fragments, arguments
/// and directives. Messages are OPA's.
final class GraphqlRules {
    private GraphqlRules() {}

    static List<GraphqlRule> all() {
        return List.of(
                new FieldsOnCorrectType(),
                new FragmentsOnCompositeTypes(),
                new KnownArgumentNames(),
                new KnownDirectives(),
                new KnownFragmentNames(),
                new GraphqlOperationRules.KnownRootType(),
                new KnownTypeNames(),
                new GraphqlOperationRules.LoneAnonymousOperation(),
                new GraphqlFragmentCycles(),
                new GraphqlOperationRules.NoUndefinedVariables(),
                new NoUnusedFragments(),
                new GraphqlOperationRules.NoUnusedVariables(),
                new GraphqlFieldConflicts(),
                new PossibleFragmentSpreads(),
                new ProvidedRequiredArguments(),
                new ScalarLeafs(),
                new GraphqlOperationRules.SingleFieldSubscriptions(),
                new UniqueArgumentNames(),
                new UniqueDirectivesPerLocation(),
                new UniqueFragmentNames(),
                new GraphqlValueRules.UniqueInputFieldNames(),
                new GraphqlOperationRules.UniqueOperationNames(),
                new GraphqlOperationRules.UniqueVariableNames(),
                new GraphqlValueRules.ValuesOfCorrectType(),
                new GraphqlOperationRules.VariablesAreInputTypes(),
                new GraphqlValueRules.VariablesInAllowedPosition());
    }

    private static final class FieldsOnCorrectType implements GraphqlRule {
        @Override
        public void field(Walk walk, SeenField seen) {
            TypeDefinition parent = seen.parent();
            if (parent == null || seen.definition() != null) {
                return;
            }
            String name = seen.field().name();
            List<String> types = types(walk.schema(), parent, name);
            String question =
                    types.isEmpty()
                            ? parent.isComposite() && parent.kind() != TypeKind.UNION
                                    ? Suggestions.text("Did you mean", name, names(parent.fields()))
                                    : ""
                            : " Did you mean to use an inline fragment on "
                                    + Suggestions.list(types)
                                    + "?";
            walk.fault(
                    "Cannot query field \"%s\" on type \"%s\".%s"
                            .formatted(name, parent.name(), question),
                    seen.field().position());
        }

        /// Types that the parent may be and that have the field, and interfaces of theirs; what is
        /// used most comes first.
        private static List<String> types(
                GraphqlSchema schema, TypeDefinition parent, String name) {
            if (!parent.isAbstract()) {
                return List.of();
            }
            List<String> objects = new ArrayList<>();
            List<String> interfaces = new ArrayList<>();
            Map<String, Integer> uses = new HashMap<>();
            for (TypeDefinition possible : schema.possibleTypes(parent.name())) {
                if (possible.field(name) == null) {
                    continue;
                }
                objects.add(possible.name());
                for (String other : possible.interfaces()) {
                    TypeDefinition definition = schema.type(other);
                    if (definition != null && definition.field(name) != null) {
                        if (uses.merge(other, 1, Integer::sum) == 1) {
                            interfaces.add(other);
                        }
                    }
                }
            }
            List<String> all = new ArrayList<>(interfaces);
            all.addAll(objects);
            all.sort(
                    Comparator.comparingInt((String one) -> -uses.getOrDefault(one, 0))
                            .thenComparing(Comparator.naturalOrder()));
            return all;
        }
    }

    private static List<String> names(List<FieldDefinition> fields) {
        return fields.stream().map(FieldDefinition::name).toList();
    }

    private static final class FragmentsOnCompositeTypes implements GraphqlRule {
        @Override
        public void inline(Walk walk, InlineFragment inline, @Nullable TypeDefinition parent) {
            TypeDefinition type = walk.schema().type(inline.typeName());
            if (type != null && !type.isComposite()) {
                walk.fault(
                        "Fragment cannot condition on non composite type \"%s\"."
                                .formatted(inline.typeName()),
                        inline.position());
            }
        }

        @Override
        public void fragment(Walk walk, Fragment fragment) {
            TypeDefinition type = walk.schema().type(fragment.typeName());
            if (type != null && !type.isComposite()) {
                walk.fault(
                        "Fragment \"%s\" cannot condition on non composite type \"%s\"."
                                .formatted(fragment.name(), fragment.typeName()),
                        fragment.position());
            }
        }
    }

    private static final class KnownArgumentNames implements GraphqlRule {
        @Override
        public void field(Walk walk, SeenField seen) {
            TypeDefinition parent = seen.parent();
            if (seen.definition() != null && parent != null) {
                check(
                        walk,
                        seen.field().arguments(),
                        seen.definition().arguments(),
                        "field \"" + parent.name() + "." + seen.field().name() + "\"",
                        seen.field().position());
            }
        }

        @Override
        public void directive(Walk walk, SeenDirective seen) {
            DirectiveDefinition definition = seen.definition();
            if (definition != null) {
                check(
                        walk,
                        seen.directive().arguments(),
                        definition.arguments(),
                        "directive \"@" + definition.name() + "\"",
                        seen.directive().position());
            }
        }

        private static void check(
                Walk walk,
                List<Argument> arguments,
                List<FieldDefinition> known,
                String subject,
                Position position) {
            for (Argument argument : arguments) {
                if (FieldDefinition.find(known, argument.name()) == null) {
                    walk.fault(
                            "Unknown argument \"%s\" on %s.%s"
                                    .formatted(
                                            argument.name(),
                                            subject,
                                            Suggestions.text(
                                                    "Did you mean", argument.name(), names(known))),
                            position);
                }
            }
        }
    }

    private static final class KnownDirectives implements GraphqlRule {
        private final Set<Directive> told = new HashSet<>();

        @Override
        public void directive(Walk walk, SeenDirective seen) {
            Directive directive = seen.directive();
            DirectiveDefinition definition = seen.definition();
            if (definition == null) {
                walk.fault(
                        "Unknown directive \"@%s\".".formatted(directive.name()),
                        directive.position());
            } else if (!definition.locations().contains(seen.location()) && told.add(directive)) {
                walk.fault(
                        "Directive \"@%s\" may not be used on %s."
                                .formatted(directive.name(), seen.location()),
                        directive.position());
            }
        }
    }

    private static final class KnownFragmentNames implements GraphqlRule {
        @Override
        public void spread(Walk walk, Spread spread, @Nullable TypeDefinition parent) {
            if (walk.query().fragment(spread.name()) == null) {
                walk.fault("Unknown fragment \"%s\".".formatted(spread.name()), spread.position());
            }
        }
    }

    private static final class KnownTypeNames implements GraphqlRule {
        @Override
        public void variable(Walk walk, Graphql.Variable variable) {
            if (walk.schema().type(variable.type()) == null) {
                walk.fault(unknown(variable.type().innerName()), variable.position());
            }
        }

        @Override
        public void inline(Walk walk, InlineFragment inline, @Nullable TypeDefinition parent) {
            if (!inline.typeName().isEmpty() && walk.schema().type(inline.typeName()) == null) {
                walk.fault(unknown(inline.typeName()), inline.position());
            }
        }

        @Override
        public void fragment(Walk walk, Fragment fragment) {
            if (walk.schema().type(fragment.typeName()) == null) {
                List<String> names =
                        walk.schema().types().stream().map(TypeDefinition::name).toList();
                walk.fault(
                        unknown(fragment.typeName())
                                + Suggestions.text("Did you mean", fragment.typeName(), names),
                        fragment.position());
            }
        }

        private static String unknown(String name) {
            return "Unknown type \"" + name + "\".";
        }
    }

    private static final class NoUnusedFragments implements GraphqlRule {
        private final Set<String> used = new HashSet<>();

        @Override
        public void spread(Walk walk, Spread spread, @Nullable TypeDefinition parent) {
            if (walk.operation() != null) {
                used.add(spread.name());
            }
        }

        @Override
        public void fragment(Walk walk, Fragment fragment) {
            if (!used.contains(fragment.name())) {
                walk.fault(
                        "Fragment \"%s\" is never used.".formatted(fragment.name()),
                        fragment.position());
            }
        }
    }

    private static final class PossibleFragmentSpreads implements GraphqlRule {
        @Override
        public void inline(Walk walk, InlineFragment inline, @Nullable TypeDefinition parent) {
            check(walk, parent, inline.typeName(), "Fragment", inline.position());
        }

        @Override
        public void spread(Walk walk, Spread spread, @Nullable TypeDefinition parent) {
            Fragment fragment = walk.query().fragment(spread.name());
            if (fragment != null) {
                check(
                        walk,
                        parent,
                        fragment.typeName(),
                        "Fragment \"" + spread.name() + "\"",
                        spread.position());
            }
        }

        private static void check(
                Walk walk,
                @Nullable TypeDefinition parent,
                String typeName,
                String subject,
                Position position) {
            TypeDefinition type = walk.schema().type(typeName);
            if (parent == null || !parent.isComposite() || type == null || !type.isComposite()) {
                return;
            }
            Set<String> possible = new HashSet<>();
            for (TypeDefinition one : walk.schema().possibleTypes(typeName)) {
                possible.add(one.name());
            }
            List<TypeDefinition> here =
                    parent.kind() == TypeKind.OBJECT
                            ? List.of(parent)
                            : walk.schema().possibleTypes(parent.name());
            walk.work(possible.size() + here.size());
            if (here.stream().noneMatch(one -> possible.contains(one.name()))) {
                walk.fault(
                        "%s cannot be spread here as objects of type \"%s\" can never be of type \"%s\"."
                                .formatted(subject, parent.name(), typeName),
                        position);
            }
        }
    }

    private static final class ProvidedRequiredArguments implements GraphqlRule {
        @Override
        public void field(Walk walk, SeenField seen) {
            if (seen.definition() != null) {
                check(
                        walk,
                        seen.field().arguments(),
                        seen.definition().arguments(),
                        "Field \"" + seen.field().name() + "\"",
                        seen.field().position());
            }
        }

        @Override
        public void directive(Walk walk, SeenDirective seen) {
            if (seen.definition() != null) {
                check(
                        walk,
                        seen.directive().arguments(),
                        seen.definition().arguments(),
                        "Directive \"@" + seen.definition().name() + "\"",
                        seen.directive().position());
            }
        }

        private static void check(
                Walk walk,
                List<Argument> arguments,
                List<FieldDefinition> definitions,
                String subject,
                Position position) {
            for (FieldDefinition definition : definitions) {
                boolean isNeeded =
                        definition.type().isRequired() && definition.defaultValue() == null;
                if (isNeeded
                        && arguments.stream()
                                .noneMatch(one -> one.name().equals(definition.name()))) {
                    walk.fault(
                            "%s argument \"%s\" of type \"%s\" is required, but it was not provided."
                                    .formatted(subject, definition.name(), definition.type()),
                            position);
                }
            }
        }
    }

    private static final class ScalarLeafs implements GraphqlRule {
        @Override
        public void field(Walk walk, SeenField seen) {
            FieldDefinition definition = seen.definition();
            TypeDefinition type = definition == null ? null : walk.schema().type(definition.type());
            if (definition == null || type == null) {
                return;
            }
            Field field = seen.field();
            boolean isEmpty = field.selections().isEmpty();
            if (type.isLeaf() && !isEmpty) {
                walk.fault(
                        "Field \"%s\" must not have a selection since type \"%s\" has no subfields."
                                .formatted(field.name(), type.name()),
                        field.position());
            }
            if (!type.isLeaf() && isEmpty) {
                walk.fault(
                        ("Field \"%s\" of type \"%s\" must have a selection of subfields."
                                        + " Did you mean \"%s { ... }\"?")
                                .formatted(field.name(), definition.type(), field.name()),
                        field.position());
            }
        }
    }

    private static final class UniqueArgumentNames implements GraphqlRule {
        @Override
        public void field(Walk walk, SeenField seen) {
            check(walk, seen.field().arguments());
        }

        @Override
        public void directive(Walk walk, SeenDirective seen) {
            check(walk, seen.directive().arguments());
        }

        private static void check(Walk walk, List<Argument> arguments) {
            Map<String, Integer> seen = new HashMap<>();
            for (Argument argument : arguments) {
                if (seen.merge(argument.name(), 1, Integer::sum) == 2) {
                    walk.fault(
                            "There can be only one argument named \"%s\"."
                                    .formatted(argument.name()),
                            argument.position());
                }
            }
        }
    }

    private static final class UniqueDirectivesPerLocation implements GraphqlRule {
        @Override
        public void directives(Walk walk, List<Directive> directives) {
            Set<String> seen = new HashSet<>();
            for (Directive directive : directives) {
                boolean isNew = seen.add(directive.name());
                if (!isNew && !directive.name().equals("repeatable")) {
                    walk.fault(
                            "The directive \"@%s\" can only be used once at this location."
                                    .formatted(directive.name()),
                            directive.position());
                }
            }
        }
    }

    private static final class UniqueFragmentNames implements GraphqlRule {
        private final Set<String> seen = new HashSet<>();

        @Override
        public void fragment(Walk walk, Fragment fragment) {
            if (!seen.add(fragment.name())) {
                walk.fault(
                        "There can be only one fragment named \"%s\".".formatted(fragment.name()),
                        fragment.position());
            }
        }
    }
}
