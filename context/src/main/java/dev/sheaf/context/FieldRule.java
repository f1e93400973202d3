package dev.sheaf.context;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a context type declares of one place and those below it: a tree that is walked beside a
/// document. Immutable; walking it allocates nothing.
public final class FieldRule {
    public static final String LAST_WRITER_WINS = "lww";

    /// What holds where a type declares nothing.
    public static final FieldRule DEFAULT =
            new FieldRule(FieldKind.STRUCTURE, LAST_WRITER_WINS, Classification.INTERNAL, Map.of());

    private static final String ANY = "*";

    private final FieldKind kind;
    private final String resolver;
    private final Classification classification;
    private final Map<String, FieldRule> members;
    private final FieldRule other;
    private final Classification highest;

    /// @param kind how the place merges
    /// @param resolver who decides between concurrent values; a name of `spec/context.md`, such as
    ///   `lww`, `max`, `min`, `union` or `escalate:QUEUE`
    /// @param classification of the place; those below inherit it unless they say something else
    /// @param members the rules of an object's members by name; `*` stands for all others, and for
    ///   a list's elements
    public FieldRule(
            FieldKind kind,
            String resolver,
            Classification classification,
            Map<String, FieldRule> members) {
        this.kind = kind;
        this.resolver = resolver;
        this.classification = classification;
        this.members = Map.copyOf(members);
        FieldRule any = this.members.get(ANY);
        this.other = any != null ? any : below();
        this.highest = highestOf();
    }

    public FieldKind kind() {
        return kind;
    }

    public String resolver() {
        return resolver;
    }

    public Classification classification() {
        return classification;
    }

    /// The declared members, `*` among them.
    public Map<String, FieldRule> members() {
        return members;
    }

    /// The rule of a member or element; what is not declared inherits classification and resolver.
    public FieldRule member(String name) {
        FieldRule named = members.get(name);
        return named != null ? named : other;
    }

    /// The rule of a place, reached by steps from this one's.
    public FieldRule at(List<Step> path) {
        FieldRule rule = this;
        for (Step step : path) {
            rule =
                    switch (step) {
                        case Step.Key key -> rule.member(key.name());
                        case Step.Element element -> rule.element();
                    };
        }
        return rule;
    }

    /// The rule of a list's elements.
    public FieldRule element() {
        return other;
    }

    /// The most sensitive class of this place and of everything below it: what a region must be
    /// allowed to see in order to see all of the place.
    public Classification highest() {
        return highest;
    }

    private FieldRule below() {
        boolean plain = kind == FieldKind.STRUCTURE && members.isEmpty();
        return plain
                ? this
                : new FieldRule(FieldKind.STRUCTURE, resolver, classification, Map.of());
    }

    private Classification highestOf() {
        Classification most = classification;
        for (FieldRule member : members.values()) {
            most = most.compareTo(member.highest) >= 0 ? most : member.highest;
        }
        return most;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof FieldRule that
                && kind == that.kind
                && resolver.equals(that.resolver)
                && classification == that.classification
                && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, resolver, classification, members);
    }

    @Override
    public String toString() {
        return kind + " " + resolver + " " + classification + " " + members;
    }
}
