package dev.sheaf.context.type;

import dev.sheaf.context.Classification;
import dev.sheaf.context.FieldRule;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What of a type's documents one region may not see. Immutable; for any thread.
public final class Redaction {
    private final boolean[] visible = new boolean[Classification.values().length];
    private final List<PlacePattern> hidden = new ArrayList<>();

    private Redaction(ContextType type, RegionName region) {
        for (Classification classification : Classification.values()) {
            visible[classification.ordinal()] = type.sees(region, classification);
        }
        collect(type.fieldRules(), List.of(), false);
    }

    public static Redaction of(ContextType type, RegionName region) {
        return new Redaction(type, region);
    }

    /// Whether the value of the place with this rule is withheld; places below it have rules of
    /// their own. A field's class decides, nothing else.
    public boolean redacts(FieldRule rule) {
        return !visible[rule.classification().ordinal()];
    }

    /// Whether anything at the place or below is withheld; if not, a value can be sent as it is.
    public boolean touches(FieldRule rule) {
        return !visible[rule.highest().ordinal()];
    }

    /// Whether the region sees everything.
    public boolean isNone() {
        return hidden.isEmpty();
    }

    /// The declared places that are withheld while what is around them is not. Below them a field
    /// of a lower class is visible again.
    public List<PlacePattern> hidden() {
        return List.copyOf(hidden);
    }

    private void collect(FieldRule rule, List<String> path, boolean hiddenAbove) {
        boolean hiddenHere = redacts(rule);
        if (hiddenHere && !hiddenAbove) {
            hidden.add(new PlacePattern(path));
        }
        new TreeMap<>(rule.members())
                .forEach((name, member) -> {
                    List<String> below = new ArrayList<>(path);
                    below.add(name);
                    collect(member, below, hiddenHere);
                });
    }
}
