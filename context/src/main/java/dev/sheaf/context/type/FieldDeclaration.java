package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldKind;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.resolve.Resolver;

import java.util.List;
import java.util.Optional;

/// One entry under `fields`.
///
/// @param pointer where in the declaration it stands
/// @param tags words that policies know the field by
record FieldDeclaration(
        String pointer,
        PlacePattern pattern,
        Optional<FieldKind> merge,
        Optional<Resolver> resolver,
        Optional<Classification> classification,
        List<String> tags) {
    FieldDeclaration {
        tags = List.copyOf(tags);
    }

    /// Whether this one, at a place that both name, goes before the other: it is as exact at every
    /// step, and more so at one.
    boolean isMoreExactThan(FieldDeclaration other) {
        boolean more = false;
        for (int index = 0; index < pattern.steps().size(); index++) {
            boolean any = pattern.steps().get(index).equals(PlacePattern.ANY);
            boolean otherAny = other.pattern.steps().get(index).equals(PlacePattern.ANY);
            if (any && !otherAny) {
                return false;
            }
            more |= !any && otherAny;
        }
        return more;
    }
}
