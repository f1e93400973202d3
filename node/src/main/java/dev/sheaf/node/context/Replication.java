package dev.sheaf.node.context;

import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.governance.GovernedContexts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Whether a context type may go to a region as it is declared. A mask of a policy is not laid over
/// what goes there, as all regions of a scope have to agree on what a redacted place is: it is a
/// refusal, unless the type itself hides the field from the region. For any thread.
final class Replication {
    private final GovernedContexts policies;

    Replication(GovernedContexts policies) {
        this.policies = policies;
    }

    /// Why not, each reason for people; empty when it may.
    List<String> refusals(DeclaredType type, RegionName destination) {
        return switch (policies.replicate(type, destination)) {
            case Decision.Deny denied ->
                    denied.reasons().isEmpty()
                            ? List.of("it is denied, without a reason")
                            : denied.reasons();
            case Decision.Allow allowed -> {
                List<String> reasons = new ArrayList<>();
                new TreeMap<>(allowed.masks())
                        .forEach((field, mask) -> reasons.addAll(shown(type, destination, field)));
                if (!allowed.filters().isEmpty()) {
                    reasons.add(
                            "policy.filter: a policy filters rows by SQL, which documents cannot be"
                                    + " held against");
                }
                yield reasons;
            }
        };
    }

    private static List<String> shown(DeclaredType type, RegionName destination, String field) {
        FieldRule rule = type.type().fieldRules();
        try {
            PlacePattern place =
                    PlacePattern.parse(
                            field.isEmpty() || field.startsWith("/") ? field : "/" + field);
            for (String step : place.steps()) {
                rule = rule.member(step);
            }
        } catch (Problem wrong) {
            return List.of("policy.failed: a mask names no field: " + wrong.message());
        }
        return isHidden(type, destination, rule)
                ? List.of()
                : List.of(
                        "policy.mask: "
                                + (field.isEmpty() ? "the whole document" : field)
                                + " must be hidden from "
                                + destination
                                + " (it is "
                                + rule.classification().name().toLowerCase(Locale.ROOT)
                                + ", which the type's visibility lets it see)");
    }

    /// Whether the region sees nothing of a place.
    private static boolean isHidden(DeclaredType type, RegionName destination, FieldRule rule) {
        return !type.type().sees(destination, rule.classification())
                && rule.members().values().stream()
                        .allMatch(member -> isHidden(type, destination, member));
    }

    /// Why not, by region, of all regions of its scope but this one.
    Map<RegionName, List<String>> refusals(DeclaredType type) {
        Map<RegionName, List<String>> refused = new TreeMap<>();
        for (RegionName region : type.regions()) {
            List<String> reasons =
                    region.equals(policies.region()) ? List.of() : refusals(type, region);
            if (!reasons.isEmpty()) {
                refused.put(region, reasons);
            }
        }
        return refused;
    }
}
