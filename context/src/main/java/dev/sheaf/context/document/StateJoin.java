package dev.sheaf.context.document;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Joins the content of two states of one document: what one side has alone stays if the other side
/// never had it. Marks of redaction say nothing about what they stand for, so where one side has a
/// mark, what the other side has stays. Both were stripped by the same cut before. May change and
/// share what both sides hold.
///
/// Source: `spec/context.md`, section 4.
final class StateJoin {
    private final VersionVector own;
    private final VersionVector other;
    private final VersionVector cut;
    private final ActorTable actors;

    StateJoin(VersionVector own, VersionVector other, VersionVector cut, ActorTable actors) {
        this.own = own;
        this.other = other;
        this.cut = cut;
        this.actors = actors;
    }

    /// Whether an own dot that the other side lacks stays. Stable ones the other side has had.
    private boolean ownStays(long dot) {
        return dot != Dot.STABLE && !other.covers(dot);
    }

    private boolean otherStays(long dot) {
        return dot != Dot.STABLE && !own.covers(dot);
    }

    @Nullable Object join(@Nullable Object mine, @Nullable Object theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        boolean mineMarked = isMarked(mine);
        boolean theirsMarked = isMarked(theirs);
        if (theirsMarked && mine != null && !mineMarked) {
            return mine;
        }
        if (mineMarked && theirs != null && !theirsMarked) {
            return theirs;
        }
        List<Object> parts = new ArrayList<>();
        add(parts, map(Places.map(mine), Places.map(theirs)));
        add(parts, list(Places.list(mine), Places.list(theirs)));
        add(parts, set(Places.set(mine), Places.set(theirs)));
        add(parts, text(Places.text(mine), Places.text(theirs)));
        add(parts, counter(Places.counter(mine), Places.counter(theirs)));
        add(parts, Siblings.ofStable(registers(Places.registers(mine), Places.registers(theirs))));
        return Mixed.ofParts(parts);
    }

    private static void add(List<Object> parts, @Nullable Object part) {
        if (part != null) {
            parts.add(part);
        }
    }

    static boolean isMarked(@Nullable Object content) {
        return Places.registers(content).stream()
                .anyMatch(register -> register.value == RedactedValue.INSTANCE);
    }

    private List<Register> registers(List<Register> mine, List<Register> theirs) {
        List<Register> joined = new ArrayList<>();
        for (Register register : mine) {
            if (isAmong(register, theirs) || ownStays(register.dot)) {
                joined.add(register);
            }
        }
        for (Register register : theirs) {
            boolean known = isAmong(register, mine);
            if (!known && otherStays(register.dot)) {
                joined.add(register);
            }
        }
        return joined;
    }

    /// By dot; one that is stable on one side is known on the other by its value.
    private boolean isAmong(Register register, List<Register> others) {
        for (Register each : others) {
            boolean same =
                    each.dot == register.dot
                            || (each.dot == Dot.STABLE || register.dot == Dot.STABLE)
                                    && cut.covers(each.dot)
                                    && cut.covers(register.dot)
                                    && JsonValues.equal(each.value, register.value);
            if (same) {
                return true;
            }
        }
        return false;
    }

    private long[] presence(@Nullable Container mine, @Nullable Container theirs) {
        long[] left = mine == null ? new long[0] : mine.presenceDots();
        long[] right = theirs == null ? new long[0] : theirs.presenceDots();
        return dots(left, right);
    }

    private long[] dots(long[] mine, long[] theirs) {
        Set<Long> joined = new TreeSet<>();
        for (long dot : mine) {
            if (contains(theirs, dot) || ownStays(dot)) {
                joined.add(dot);
            }
        }
        for (long dot : theirs) {
            if (contains(mine, dot) || otherStays(dot)) {
                joined.add(dot);
            }
        }
        return joined.stream().mapToLong(Long::longValue).toArray();
    }

    /// A dot that is stable on one side stands for those under the cut on the other.
    private boolean contains(long[] dots, long dot) {
        for (long each : dots) {
            boolean same =
                    each == dot
                            || (each == Dot.STABLE || dot == Dot.STABLE)
                                    && cut.covers(each)
                                    && cut.covers(dot);
            if (same) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object map(@Nullable MapNode mine, @Nullable MapNode theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        MapNode joined = new MapNode(mine == null ? 0 : mine.used());
        joined.setPresence(presence(mine, theirs));
        boolean mineHides = hides(mine);
        boolean theirsHides = hides(theirs);
        for (String key : keys(mine, theirs)) {
            Object left = member(mine, key);
            Object right = member(theirs, key);
            boolean kept =
                    left != null && right == null && theirsHides
                            || right != null && left == null && mineHides;
            Object content = kept ? left != null ? left : right : join(left, right);
            if (content != null) {
                joined.set(joined.findOrAdd(key), content);
            }
        }
        return joined.isSuperfluous() && !joined.isPresent() ? null : joined;
    }

    /// Whether members are missing of which not even the names may be seen.
    private static boolean hides(@Nullable MapNode map) {
        return map != null && isMarked(member(map, Redactor.HIDDEN_KEY));
    }

    private static List<String> keys(@Nullable MapNode... maps) {
        Set<String> keys = new LinkedHashSet<>();
        for (MapNode map : maps) {
            for (int slot = 0; map != null && slot < map.used(); slot++) {
                keys.add(map.key(slot));
            }
        }
        return List.copyOf(keys);
    }

    private static @Nullable Object member(@Nullable MapNode map, String key) {
        int slot = map == null ? -1 : map.find(key);
        return map == null || slot < 0 ? null : map.get(slot);
    }

    private @Nullable Object set(@Nullable SetNode mine, @Nullable SetNode theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        SetNode joined = new SetNode();
        joined.setPresence(presence(mine, theirs));
        Set<JsonValues.Key> keys = new LinkedHashSet<>();
        Map<JsonValues.Key, long[]> left = mine == null ? Map.of() : mine.members();
        Map<JsonValues.Key, long[]> right = theirs == null ? Map.of() : theirs.members();
        keys.addAll(left.keySet());
        keys.addAll(right.keySet());
        for (JsonValues.Key key : keys) {
            long[] none = new long[0];
            joined.put(key, dots(left.getOrDefault(key, none), right.getOrDefault(key, none)));
        }
        return joined.exists() ? joined : null;
    }

    private @Nullable Object counter(@Nullable CounterNode mine, @Nullable CounterNode theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        CounterNode left = mine == null ? new CounterNode() : mine;
        CounterNode right = theirs == null ? new CounterNode() : theirs;
        CounterNode joined = new CounterNode(base(left.base(), right.base()));
        for (int index = 0; index < left.live(); index++) {
            if (right.hasDot(left.dot(index)) || ownStays(left.dot(index))) {
                joined.add(left.dot(index), left.amount(index), left.isAssigned(index));
            }
        }
        for (int index = 0; index < right.live(); index++) {
            if (!left.hasDot(right.dot(index)) && otherStays(right.dot(index))) {
                joined.add(right.dot(index), right.amount(index), right.isAssigned(index));
            }
        }
        return joined.exists() ? joined : null;
    }

    /// The stable sum of the side that knows more, as it alone knows what was taken away.
    private @Nullable BigDecimal base(@Nullable BigDecimal mine, @Nullable BigDecimal theirs) {
        boolean equal =
                mine == null || theirs == null ? mine == theirs : mine.compareTo(theirs) == 0;
        if (equal || own.covers(other)) {
            return mine;
        }
        if (other.covers(own)) {
            return theirs;
        }
        if (mine == null || theirs == null) {
            return null;
        }
        throw new Problem(
                ProblemCode.CONFLICT,
                "two states hold different parts of a counter that both take for stable; send the"
                        + " events that one of them lacks first, then join again");
    }

    private @Nullable Object list(@Nullable ListNode mine, @Nullable ListNode theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        ListNode left = mine == null ? new ListNode(actors) : mine;
        ListNode right = theirs == null ? new ListNode(actors) : theirs;
        left.elements().join(right.elements(), own, other);
        ListNode joined = new ListNode(left.elements());
        joined.setPresence(presence(mine, theirs));
        List<Long> dots = new ArrayList<>();
        left.elements().forEach((dot, _) -> dots.add(dot));
        for (long dot : dots) {
            Object there = right.get(dot);
            Object here = left.get(dot);
            Object content = there == null ? here : join(here, there);
            if (content != null) {
                left.elements().replace(dot, content);
            }
        }
        return isEmpty(left.elements().positionCount(), joined) ? null : joined;
    }

    private @Nullable Object text(@Nullable TextNode mine, @Nullable TextNode theirs) {
        if (mine == null && theirs == null) {
            return null;
        }
        TextNode left = mine == null ? new TextNode(actors) : mine;
        TextNode right = theirs == null ? new TextNode(actors) : theirs;
        left.points().join(right.points(), own, other);
        TextNode joined = new TextNode(left.points());
        joined.setPresence(presence(mine, theirs));
        return isEmpty(left.points().positionCount(), joined) ? null : joined;
    }

    private static boolean isEmpty(int positions, Container container) {
        return positions == 0 && !container.isPresent();
    }

    /// Erasures that one side has and the other never had, or that both still have.
    long[] fences(long[] mine, long[] theirs) {
        return Arrays.stream(dots(mine, theirs)).filter(dot -> dot != Dot.STABLE).toArray();
    }

    /// Whether one of these erasures is news to a side with this vector.
    static boolean isNews(long[] fences, VersionVector vector) {
        return Arrays.stream(fences).anyMatch(fence -> !vector.covers(fence));
    }
}
