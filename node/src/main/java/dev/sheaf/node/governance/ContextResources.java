package dev.sheaf.node.governance;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.context.type.Residency;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Context types and their documents as policy sees them: the declared fields are columns, named by
/// their pointers.
final class ContextResources {
    private static final String KIND = "context";

    private final String home;

    /// @param home the region of this node
    ContextResources(String home) {
        this.home = home;
    }

    /// @param id the type's name, or `type/id` of one document
    Resource of(DeclaredType type, String id) {
        return of(type, id, classification -> true);
    }

    /// What of a type goes to a region, as far as the type itself lets it: fields that it hides
    /// from the region are not among the columns.
    Resource goingTo(DeclaredType type, RegionName destination) {
        return of(
                type, type.name(), classification -> type.type().sees(destination, classification));
    }

    private Resource of(DeclaredType type, String id, Predicate<Classification> isShown) {
        List<Column> columns = new ArrayList<>();
        FieldRule root = type.type().fieldRules();
        if (root.classification() != FieldRule.DEFAULT.classification()
                && isShown.test(root.classification())) {
            columns.add(column(type, "", root));
        }
        collect(type, root, "", isShown, columns);
        return new Resource(
                KIND,
                id,
                type.type().domain().value(),
                type.name(),
                home,
                "",
                false,
                named(type.type().residency()),
                columns,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void collect(
            DeclaredType type,
            FieldRule rule,
            String at,
            Predicate<Classification> isShown,
            List<Column> columns) {
        new TreeMap<>(rule.members())
                .forEach((name, member) -> {
                    String pointer = JsonPointers.append(at, name);
                    if (isShown.test(member.classification())) {
                        columns.add(column(type, pointer, member));
                    }
                    collect(type, member, pointer, isShown, columns);
                });
    }

    private static Column column(DeclaredType type, String pointer, FieldRule rule) {
        return new Column(
                pointer,
                rule.classification().name().toLowerCase(Locale.ROOT),
                type.type().tags().getOrDefault(pointer, List.of()),
                "");
    }

    /// Those that the owner names; a scope of the mesh is not the owner's to name.
    private static List<String> named(Residency residency) {
        return switch (residency) {
            case Residency.Regions(java.util.SortedSet<RegionName> regions) ->
                    regions.stream().map(RegionName::toString).toList();
            case Residency.Scope _ -> List.of();
        };
    }
}
