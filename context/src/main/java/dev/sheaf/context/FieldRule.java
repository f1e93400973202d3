package dev.sheaf.context;

import java.util.Map;
import java.util.Optional;

/// What a context type declares of one place and those below it.
///
/// @param kind how the place merges
/// @param resolver who decides between concurrent values; a name of `spec/context.md`, such as
///   `lww`, `max`, `min`, `union` or `escalate:QUEUE`
/// @param classification of the place; those below inherit it unless they say more
/// @param members the rules of an object's members by name; `*` stands for all others, and for a
///   list's elements
public record FieldRule(
        FieldKind kind,
        String resolver,
        Classification classification,
        Map<String, FieldRule> members) {
    public static final String LAST_WRITER_WINS = "lww";

    /// What holds where a type declares nothing.
    public static final FieldRule DEFAULT =
            new FieldRule(FieldKind.STRUCTURE, LAST_WRITER_WINS, Classification.INTERNAL, Map.of());

    private static final String ANY = "*";

    public FieldRule {
        members = Map.copyOf(members);
    }

    /// The rule of a member or element; what is not declared inherits classification and resolver.
    public FieldRule member(String name) {
        if (members.isEmpty()) {
            return below();
        }
        FieldRule named = members.get(name);
        return named != null ? named : Optional.ofNullable(members.get(ANY)).orElseGet(this::below);
    }

    /// The rule of a list's elements.
    public FieldRule element() {
        return member(ANY);
    }

    private FieldRule below() {
        boolean plain = kind == FieldKind.STRUCTURE && members.isEmpty();
        if (plain) {
            return this;
        }
        return new FieldRule(FieldKind.STRUCTURE, resolver, classification, Map.of());
    }
}
