package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which rules of a name can hold: found by the place at which most of them want a certain value.
final class RuleIndex {
    /// So few are tried one after another.
    private static final int PLANS_MIN = 2;

    private static final RulePlan[] NONE = new RulePlan[0];

    private final Guard.@Nullable Place place;
    private final Map<Value, RulePlan[]> byValue = new HashMap<>();

    /// Those that want nothing there.
    private final RulePlan[] always;

    RuleIndex(List<RulePlan> plans) {
        this.place = plans.size() < PLANS_MIN ? null : mostWanted(plans);
        List<RulePlan> others = new ArrayList<>();
        Map<Value, List<RulePlan>> wanting = new HashMap<>();
        for (RulePlan plan : plans) {
            Value wanted = place == null ? null : wanted(plan, place);
            if (wanted == null) {
                others.add(plan);
            } else {
                wanting.computeIfAbsent(wanted, value -> new ArrayList<>()).add(plan);
            }
        }
        this.always = others.toArray(NONE);
        wanting.forEach((value, some) -> byValue.put(value, some.toArray(NONE)));
    }

    /// The place that leaves the fewest rules to try, whatever is there.
    private static Guard.@Nullable Place mostWanted(List<RulePlan> plans) {
        Map<Guard.Place, Map<Value, Integer>> wanted = new LinkedHashMap<>();
        for (RulePlan plan : plans) {
            for (Guard guard : plan.guards()) {
                wanted.computeIfAbsent(guard.place(), place -> new HashMap<>())
                        .merge(guard.value(), 1, Integer::sum);
            }
        }
        Guard.Place best = null;
        int fewest = Integer.MAX_VALUE;
        for (Map.Entry<Guard.Place, Map<Value, Integer>> entry : wanted.entrySet()) {
            int covered = 0;
            int most = 0;
            for (int count : entry.getValue().values()) {
                covered += count;
                most = Math.max(most, count);
            }
            int left = plans.size() - covered + most;
            if (covered >= PLANS_MIN && left < fewest) {
                fewest = left;
                best = entry.getKey();
            }
        }
        return best;
    }

    private static @Nullable Value wanted(RulePlan plan, Guard.Place at) {
        for (Guard guard : plan.guards()) {
            if (guard.place().equals(at)) {
                return guard.value();
            }
        }
        return null;
    }

    RulePlan[] always() {
        return always;
    }

    /// Those that want what is there.
    RulePlan[] matching(Context context, Value[] arguments) {
        if (place == null) {
            return NONE;
        }
        Value value = place.get(context, arguments);
        return value == null ? NONE : byValue.getOrDefault(value, NONE);
    }
}
