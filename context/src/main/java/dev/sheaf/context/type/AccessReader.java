package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.kernel.RegionName;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads `residency` and `visibility`.
final class AccessReader {
    private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final List<Classification> LADDER =
            List.of(Classification.INTERNAL, Classification.PII, Classification.SECRET);

    private final Section root;

    AccessReader(Section root) {
        this.root = root;
    }

    Optional<Residency> residency() {
        Optional<Section> found = root.section("residency");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Section section = found.get();
        section.allow(List.of("regions", "scope"));
        if (section.has("regions") == section.has("scope")) {
            section.findings()
                    .add(section.pointer(), "must hold either regions or scope, and not both");
            return Optional.empty();
        }
        if (section.has("scope")) {
            return scope(section);
        }
        return Optional.of(section.texts("regions", RegionName::parse))
                .filter(regions -> checkRegions(section, "regions", regions))
                .map(regions -> new Residency.Regions(new TreeSet<>(regions)));
    }

    private static Optional<Residency> scope(Section section) {
        Optional<String> scope = section.text("scope");
        if (scope.isPresent() && !SCOPE.matcher(scope.get()).matches()) {
            section.wrong(
                    "scope",
                    "the name of a scope of the mesh: lower-case letters, digits and hyphens");
            return Optional.empty();
        }
        return scope.map(Residency.Scope::new);
    }

    private static boolean checkRegions(Section section, String key, List<RegionName> regions) {
        if (new HashSet<>(regions).size() < regions.size()) {
            section.fault(key, "names a region twice");
        }
        if (section.value(key).isArray() && section.value(key).isEmpty()) {
            section.fault(key, "names no region; at least one is needed");
        }
        return !regions.isEmpty();
    }

    Visibility visibility(Optional<Residency> residency) {
        Map<Classification, Set<RegionName>> named = new EnumMap<>(Classification.class);
        root.section("visibility")
                .ifPresent(section -> {
                    section.allow(LADDER.stream().map(AccessReader::written).toList());
                    for (Classification classification : LADDER) {
                        regions(section, classification, residency)
                                .ifPresent(regions -> named.put(classification, regions));
                    }
                    checkLadder(section, named);
                });
        return named.isEmpty() ? Visibility.ALL : new Visibility(named);
    }

    private static Optional<Set<RegionName>> regions(
            Section section, Classification classification, Optional<Residency> residency) {
        String key = written(classification);
        if (!section.has(key)) {
            return Optional.empty();
        }
        List<RegionName> regions = section.texts(key, RegionName::parse);
        checkRegions(section, key, regions);
        if (residency.isPresent() && residency.get() instanceof Residency.Regions scope) {
            List<String> allowed = scope.regions().stream().map(RegionName::toString).toList();
            for (RegionName region : regions) {
                if (!scope.regions().contains(region)) {
                    section.fault(
                            key,
                            "names "
                                    + region
                                    + ", which is not in the scope; allowed: "
                                    + String.join(", ", allowed)
                                    + NearMiss.hint(region.toString(), allowed));
                }
            }
        }
        return Optional.of(Set.copyOf(new HashSet<>(regions)));
    }

    /// Who sees a class sees those below it.
    private static void checkLadder(Section section, Map<Classification, Set<RegionName>> named) {
        for (Classification higher : LADDER) {
            for (Classification lower : LADDER) {
                Set<RegionName> above = named.get(higher);
                Set<RegionName> below = named.get(lower);
                if (lower.compareTo(higher) < 0
                        && above != null
                        && below != null
                        && !below.containsAll(above)) {
                    Set<RegionName> more = new TreeSet<>(above);
                    more.removeAll(below);
                    section.fault(
                            written(higher),
                            "is seen by "
                                    + JsonValues.shown(more.toString())
                                    + ", which does not see "
                                    + written(lower)
                                    + "; who sees a class must see the lower ones");
                }
            }
        }
    }

    private static String written(Classification classification) {
        return classification.name().toLowerCase(Locale.ROOT);
    }
}
