package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Step;
import dev.sheaf.context.document.Conflict.Version;
import dev.sheaf.context.json.JsonValues;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the places that hold more than they show.
final class OpenConflicts {
    private final Reporter reporter;
    private final ActorTable actors;
    private final List<Step> path = new ArrayList<>();

    OpenConflicts(Reporter reporter, ActorTable actors) {
        this.reporter = reporter;
        this.actors = actors;
    }

    void visit(@Nullable Object content, FieldRule rule) {
        if (content instanceof Mixed mixed) {
            mixed(mixed, rule);
        }
        for (Object part : Mixed.partsOf(content)) {
            switch (part) {
                case MapNode map -> members(map, rule);
                case ListNode list ->
                        list.elements()
                                .forEach((dot, element) ->
                                        below(new Step.Element(dot), element, rule.element()));
                case Siblings siblings -> siblings(siblings, rule);
                case SetNode set -> {}
                case TextNode text -> {}
                case CounterNode counter -> {}
                case Object single -> {}
            }
        }
    }

    private void members(MapNode map, FieldRule rule) {
        for (int slot = 0; slot < map.used(); slot++) {
            if (map.raw(slot) instanceof Node node) {
                below(new Step.Key(map.key(slot)), node, rule.member(map.key(slot)));
            }
        }
    }

    private void below(Step step, @Nullable Object content, FieldRule rule) {
        if (content instanceof Node) {
            path.addLast(step);
            visit(content, rule);
            path.removeLast();
        }
    }

    private void mixed(Mixed mixed, FieldRule rule) {
        List<Object> existing = mixed.existing();
        if (existing.size() > 1) {
            List<Version> versions = new ArrayList<>();
            for (Object part : existing) {
                JsonNode shown = Places.show(part, rule, actors);
                versions.add(
                        new Version(Optional.ofNullable(shown), dev.sheaf.context.Dot.STABLE, 0));
            }
            reporter.report(ConflictKind.KIND, path, rule, versions, mixed);
        }
    }

    private void siblings(Siblings siblings, FieldRule rule) {
        JsonNode first = siblings.registers.getFirst().value;
        boolean differ =
                siblings.registers.stream()
                        .anyMatch(register -> !JsonValues.equal(register.value, first));
        if (differ) {
            reporter.report(
                    rule.kind() == FieldKind.IMMUTABLE
                            ? ConflictKind.IMMUTABLE
                            : ConflictKind.OVERWRITE,
                    path,
                    rule,
                    siblings.registers.stream().map(Reporter::version).toList(),
                    siblings);
        }
    }
}
