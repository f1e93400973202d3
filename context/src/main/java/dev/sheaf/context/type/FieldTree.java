package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.PlacePattern;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Makes one tree of all declared fields. Of several patterns that name a place the more exact one
/// counts, property by property; where neither is, and they differ, that is a finding.
final class FieldTree {
    private static final int RULES_MAX = 10_000;
    private static final Set<FieldKind> WHOLE =
            EnumSet.of(
                    FieldKind.REGISTER,
                    FieldKind.COUNTER,
                    FieldKind.SET,
                    FieldKind.TEXT,
                    FieldKind.IMMUTABLE);

    private final Findings findings;
    private int rules;

    FieldTree(Findings findings) {
        this.findings = findings;
    }

    FieldRule build(List<FieldDeclaration> fields, String defaultResolver) {
        FieldRule inherited =
                new FieldRule(
                        FieldKind.STRUCTURE,
                        defaultResolver,
                        FieldRule.DEFAULT.classification(),
                        Map.of());
        return rule(fields, List.of(), inherited);
    }

    /// @param active the declarations whose first steps agree with the path
    private FieldRule rule(List<FieldDeclaration> active, List<String> path, FieldRule inherited) {
        rules++;
        if (rules == RULES_MAX) {
            findings.add("/fields", "combine to more than " + RULES_MAX + " places; use fewer *");
        }
        List<FieldDeclaration> here = new ArrayList<>();
        List<FieldDeclaration> below = new ArrayList<>();
        for (FieldDeclaration field : active) {
            (field.pattern().steps().size() == path.size() ? here : below).add(field);
        }
        FieldKind kind =
                most(here, path, "merge", FieldDeclaration::merge).orElse(FieldKind.STRUCTURE);
        String resolver =
                most(here, path, "resolver", FieldDeclaration::resolver)
                        .map(declared -> declared.name())
                        .orElse(inherited.resolver());
        Classification classification =
                most(here, path, "classification", FieldDeclaration::classification)
                        .orElse(inherited.classification());
        if (WHOLE.contains(kind)) {
            below.forEach(field -> refuseBelowWhole(field, kind, path));
            below.clear();
        }
        FieldRule plain = new FieldRule(kind, resolver, classification, Map.of());
        return new FieldRule(kind, resolver, classification, members(below, path, plain));
    }

    private Map<String, FieldRule> members(
            List<FieldDeclaration> below, List<String> path, FieldRule inherited) {
        Set<String> names = new TreeSet<>();
        below.forEach(field -> names.add(field.pattern().steps().get(path.size())));
        Map<String, FieldRule> members = new HashMap<>();
        for (String name : names) {
            if (rules >= RULES_MAX) {
                break;
            }
            List<FieldDeclaration> agreeing =
                    below.stream().filter(field -> agrees(field, path.size(), name)).toList();
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            members.put(name, rule(agreeing, longer, inherited));
        }
        return members;
    }

    private static boolean agrees(FieldDeclaration field, int index, String name) {
        String step = field.pattern().steps().get(index);
        return step.equals(name) || step.equals(PlacePattern.ANY);
    }

    private <T> Optional<T> most(
            List<FieldDeclaration> here,
            List<String> path,
            String property,
            Function<FieldDeclaration, Optional<T>> value) {
        List<FieldDeclaration> saying =
                here.stream().filter(field -> value.apply(field).isPresent()).toList();
        List<FieldDeclaration> best =
                saying.stream()
                        .filter(field ->
                                saying.stream().noneMatch(other -> other.isMoreExactThan(field)))
                        .toList();
        if (best.stream().map(value).distinct().count() > 1) {
            findings.add(
                    best.getLast().pointer(),
                    "declares another "
                            + property
                            + " than "
                            + best.getFirst().pattern()
                            + ", and both name "
                            + JsonPointers.of(path)
                            + "; declare that one as well, or make them agree");
        }
        return best.isEmpty() ? Optional.empty() : value.apply(best.getFirst());
    }

    private void refuseBelowWhole(FieldDeclaration field, FieldKind kind, List<String> path) {
        findings.add(
                field.pointer(),
                "is below "
                        + JsonPointers.of(path)
                        + ", which merges as a whole ("
                        + kind.name().toLowerCase(java.util.Locale.ROOT)
                        + "); declare it there, or take that merge away");
    }
}
