package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.Argument;
import dev.sheaf.rego.builtin.web.Graphql.Field;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.Fragment;
import dev.sheaf.rego.builtin.web.Graphql.InlineFragment;
import dev.sheaf.rego.builtin.web.Graphql.Literal;
import dev.sheaf.rego.builtin.web.Graphql.Member;
import dev.sheaf.rego.builtin.web.Graphql.Operation;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Selection;
import dev.sheaf.rego.builtin.web.Graphql.Spread;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeKind;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Fields that answer under one name must be the same field with the same arguments, down to their
/// own fields (specification, 5.3.2). Fragments are compared in pairs, each pair once.
final class GraphqlFieldConflicts implements GraphqlRule {
    /// Selected for objects of the parent's type.
    private record Selected(
            Field field, @Nullable FieldDefinition definition, @Nullable TypeDefinition parent) {}

    /// What a selection has by itself: fields by the names of their answers, and spreads.
    ///
    /// @param source the very list that it was collected from
    private record Content(
            List<Selection> source, Map<String, List<Selected>> fields, List<String> spreads) {}

    private record Conflict(String name, String reason, List<Conflict> inner, Position position) {
        String text() {
            return inner.isEmpty()
                    ? reason
                    : String.join(
                            " and ",
                            inner.stream()
                                    .map(one ->
                                            "subfields \""
                                                    + one.name
                                                    + "\" conflict because "
                                                    + one.text())
                                    .toList());
        }
    }

    private record Pair(String left, String right) {}

    /// Whether the pair was only compared as of types that exclude each other.
    private final Map<Pair, Boolean> comparedPairs = new HashMap<>();

    private Set<String> comparedFragments = new HashSet<>();

    @Override
    public void operation(Walk walk, Operation operation) {
        report(walk, operation.selections(), walk.schema().root(operation.kind()));
    }

    @Override
    public void field(Walk walk, SeenField seen) {
        if (walk.operation() != null) {
            FieldDefinition definition = seen.definition();
            report(
                    walk,
                    seen.field().selections(),
                    definition == null ? null : walk.schema().type(definition.type()));
        }
    }

    @Override
    public void inline(Walk walk, InlineFragment inline, @Nullable TypeDefinition parent) {
        report(walk, inline.selections(), narrowed(walk, inline, parent));
    }

    @Override
    public void fragment(Walk walk, Fragment fragment) {
        report(walk, fragment.selections(), walk.schema().type(fragment.typeName()));
    }

    private static @Nullable TypeDefinition narrowed(
            Walk walk, InlineFragment inline, @Nullable TypeDefinition parent) {
        return inline.typeName().isEmpty() ? parent : walk.schema().type(inline.typeName());
    }

    private void report(Walk walk, List<Selection> selections, @Nullable TypeDefinition parent) {
        if (selections.isEmpty()) {
            return;
        }
        Content content = content(walk, selections, parent);
        List<Conflict> conflicts = new ArrayList<>();
        for (List<Selected> same : content.fields.values()) {
            for (int i = 0; i < same.size(); i++) {
                for (Selected other : same.subList(i + 1, same.size())) {
                    compare(walk, false, same.get(i), other, conflicts);
                }
            }
        }
        comparedFragments = new HashSet<>();
        for (int i = 0; i < content.spreads.size(); i++) {
            String spread = content.spreads.get(i);
            compareWithFragment(walk, false, content, spread, conflicts);
            for (String other : content.spreads.subList(i + 1, content.spreads.size())) {
                compareFragments(walk, false, spread, other, conflicts);
            }
        }
        for (Conflict conflict : conflicts) {
            walk.fault(
                    ("Fields \"%s\" conflict because %s. Use different aliases on the fields to"
                                    + " fetch both if this was intentional.")
                            .formatted(conflict.name, conflict.text()),
                    conflict.position);
        }
    }

    private static Content content(
            Walk walk, List<Selection> selections, @Nullable TypeDefinition parent) {
        Content content = new Content(selections, new LinkedHashMap<>(), new ArrayList<>());
        collect(walk, selections, parent, content);
        return content;
    }

    private static void collect(
            Walk walk,
            List<Selection> selections,
            @Nullable TypeDefinition parent,
            Content content) {
        walk.work(selections.size());
        for (Selection selection : selections) {
            switch (selection) {
                case Field field ->
                        content.fields
                                .computeIfAbsent(answer(field), absent -> new ArrayList<>())
                                .add(
                                        new Selected(
                                                field,
                                                GraphqlWalker.definition(field, parent),
                                                parent));
                case InlineFragment inline ->
                        collect(walk, inline.selections(), narrowed(walk, inline, parent), content);
                case Spread spread -> {
                    if (!content.spreads.contains(spread.name())) {
                        content.spreads.add(spread.name());
                    }
                }
            }
        }
    }

    private static String answer(Field field) {
        return field.alias().isEmpty() ? field.name() : field.alias();
    }

    private static @Nullable Content content(Walk walk, String fragmentName) {
        Fragment fragment = walk.query().fragment(fragmentName);
        return fragment == null
                ? null
                : content(walk, fragment.selections(), walk.schema().type(fragment.typeName()));
    }

    private void compareWithFragment(
            Walk walk,
            boolean isExclusive,
            Content content,
            String name,
            List<Conflict> conflicts) {
        if (!comparedFragments.add(name)) {
            return;
        }
        Content other = content(walk, name);
        if (other == null || content.source == other.source) {
            return;
        }
        compareFields(walk, isExclusive, content, other, conflicts);
        for (String spread : other.spreads) {
            if (!spread.equals(name)) {
                compareWithFragment(walk, isExclusive, content, spread, conflicts);
            }
        }
    }

    private void compareFragments(
            Walk walk, boolean isExclusive, String left, String right, List<Conflict> conflicts) {
        if (left.equals(right)) {
            return;
        }
        Boolean compared = comparedPairs.get(new Pair(left, right));
        if (compared != null && (isExclusive || !compared)) {
            return;
        }
        comparedPairs.put(new Pair(left, right), isExclusive);
        comparedPairs.put(new Pair(right, left), isExclusive);
        Content leftContent = content(walk, left);
        Content rightContent = content(walk, right);
        if (leftContent == null || rightContent == null) {
            return;
        }
        compareFields(walk, isExclusive, leftContent, rightContent, conflicts);
        for (String spread : rightContent.spreads) {
            compareFragments(walk, isExclusive, left, spread, conflicts);
        }
        for (String spread : leftContent.spreads) {
            compareFragments(walk, isExclusive, spread, right, conflicts);
        }
    }

    private void compareFields(
            Walk walk, boolean isExclusive, Content left, Content right, List<Conflict> conflicts) {
        left.fields.forEach((name, fields) -> {
            for (Selected field : fields) {
                for (Selected other : right.fields.getOrDefault(name, List.of())) {
                    compare(walk, isExclusive, field, other, conflicts);
                }
            }
        });
    }

    private void compare(
            Walk walk,
            boolean areParentsExclusive,
            Selected left,
            Selected right,
            List<Conflict> conflicts) {
        walk.work(1);
        if (left.definition == null
                || right.definition == null
                || left.parent == null
                || right.parent == null) {
            return;
        }
        boolean isExclusive =
                areParentsExclusive
                        || !left.parent.name().equals(right.parent.name())
                                && left.parent.kind() == TypeKind.OBJECT
                                && right.parent.kind() == TypeKind.OBJECT;
        String reason = reason(walk, isExclusive, left, right);
        List<Conflict> inner = List.of();
        if (reason.isEmpty()) {
            inner = inner(walk, isExclusive, left, right);
            if (inner.isEmpty()) {
                return;
            }
        }
        conflicts.add(new Conflict(answer(left.field), reason, inner, right.field.position()));
    }

    private static String reason(Walk walk, boolean isExclusive, Selected left, Selected right) {
        if (!isExclusive && !left.field.name().equals(right.field.name())) {
            return "\"%s\" and \"%s\" are different fields"
                    .formatted(left.field.name(), right.field.name());
        }
        if (!isExclusive && !areSame(left.field.arguments(), right.field.arguments())) {
            return "they have differing arguments";
        }
        TypeReference leftType = Objects.requireNonNull(left.definition).type();
        TypeReference rightType = Objects.requireNonNull(right.definition).type();
        return areDifferent(walk, leftType, rightType)
                ? "they return conflicting types \"%s\" and \"%s\"".formatted(leftType, rightType)
                : "";
    }

    private List<Conflict> inner(Walk walk, boolean isExclusive, Selected left, Selected right) {
        Content leftContent = content(walk, left);
        Content rightContent = content(walk, right);
        List<Conflict> conflicts = new ArrayList<>();
        compareFields(walk, isExclusive, leftContent, rightContent, conflicts);
        for (String spread : rightContent.spreads) {
            comparedFragments = new HashSet<>();
            compareWithFragment(walk, isExclusive, leftContent, spread, conflicts);
        }
        for (String spread : leftContent.spreads) {
            comparedFragments = new HashSet<>();
            compareWithFragment(walk, isExclusive, rightContent, spread, conflicts);
        }
        for (String spread : leftContent.spreads) {
            for (String other : rightContent.spreads) {
                compareFragments(walk, isExclusive, spread, other, conflicts);
            }
        }
        return conflicts;
    }

    private static Content content(Walk walk, Selected selected) {
        FieldDefinition definition = selected.definition;
        TypeDefinition type = definition == null ? null : walk.schema().type(definition.type());
        return content(walk, selected.field.selections(), type);
    }

    private static boolean areSame(List<Argument> left, List<Argument> right) {
        return left.size() == right.size()
                && left.stream()
                        .allMatch(one ->
                                right.stream()
                                        .anyMatch(other ->
                                                one.name().equals(other.name())
                                                        && areSame(one.value(), other.value())));
    }

    private static boolean areSame(Literal left, Literal right) {
        if (left.kind() != right.kind()
                || !left.raw().equals(right.raw())
                || left.members().size() != right.members().size()) {
            return false;
        }
        for (int i = 0; i < left.members().size(); i++) {
            Member one = left.members().get(i);
            Member other = right.members().get(i);
            if (!one.name().equals(other.name()) || !areSame(one.value(), other.value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean areDifferent(Walk walk, TypeReference left, TypeReference right) {
        if (left.element() != null && right.element() != null) {
            return areDifferent(walk, left.element(), right.element());
        }
        if (left.element() != null
                || right.element() != null
                || left.isRequired() != right.isRequired()) {
            return true;
        }
        TypeDefinition leftType = walk.schema().type(left.name());
        TypeDefinition rightType = walk.schema().type(right.name());
        boolean isLeaf =
                leftType != null && leftType.isLeaf() || rightType != null && rightType.isLeaf();
        return isLeaf && !left.name().equals(right.name());
    }
}
