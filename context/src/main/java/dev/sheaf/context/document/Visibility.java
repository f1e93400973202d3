package dev.sheaf.context.document;

import dev.sheaf.context.FieldKind;
import dev.sheaf.context.FieldRule;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Which places a region may see. One owner, one thread.
final class Visibility {
    private final Predicate<FieldRule> visible;
    private final Map<FieldRule, Boolean> whole = new IdentityHashMap<>();

    /// @param visible whether a region may see a place of this rule, those below it apart
    Visibility(Predicate<FieldRule> visible) {
        this.visible = visible;
    }

    /// Whether the place and everything that can be below it may be seen.
    boolean isWhole(FieldRule rule) {
        Boolean known = whole.get(rule);
        if (known == null) {
            known = computeWhole(rule);
            whole.put(rule, known);
        }
        return known;
    }

    private boolean computeWhole(FieldRule rule) {
        if (!visible.test(rule)) {
            return false;
        }
        whole.put(rule, true);
        for (FieldRule member : rule.members().values()) {
            if (!isWhole(member)) {
                return false;
            }
        }
        return isWhole(rule.element());
    }

    /// Whether the place is hidden as a whole. What is written as a whole is seen wholly or not at
    /// all.
    boolean isHidden(FieldRule rule) {
        return !visible.test(rule) || !hasPlaces(rule.kind()) && !isWhole(rule);
    }

    /// Whether a list at the place is hidden: where its elements are, their number is too.
    boolean isListHidden(FieldRule rule) {
        return isHidden(rule) || isHidden(rule.element());
    }

    private static boolean hasPlaces(FieldKind kind) {
        return switch (kind) {
            case STRUCTURE, LIST, CONVERSATION -> true;
            case REGISTER, COUNTER, SET, TEXT, IMMUTABLE -> false;
        };
    }
}
