package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.kernel.RegionName;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which regions of a scope see fields of which class. Classes are a ladder: who does not see a
/// class does not see a higher one either, and a class that is not named is seen by those who see
/// the one below it.
///
/// @param named the regions that see a class, for the classes that the declaration names
public record Visibility(Map<Classification, Set<RegionName>> named) {
    /// Every region of the scope sees everything.
    public static final Visibility ALL = new Visibility(Map.of());

    public Visibility {
        Map<Classification, Set<RegionName>> copy = new EnumMap<>(Classification.class);
        named.forEach((classification, regions) -> copy.put(classification, Set.copyOf(regions)));
        named = Map.copyOf(copy);
    }

    /// Of a region of the scope.
    public boolean sees(RegionName region, Classification classification) {
        Predicate<Classification> open =
                each -> !named.containsKey(each) || named.get(each).contains(region);
        return Arrays.stream(Classification.values())
                .filter(each -> each.compareTo(classification) <= 0)
                .allMatch(open);
    }
}
