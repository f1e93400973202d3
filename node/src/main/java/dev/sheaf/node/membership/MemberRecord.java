package dev.sheaf.node.membership;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that was said of one region under one authority. What is said of one kind twice is kept
/// once: of where it is found what was said last, of its going what was said first. Whatever the
/// order in which two records hear of the same statements, they are the same in the end. Immutable.
record MemberRecord(Map<MemberStatement.Kind, SignedStatement> said) {
    static final MemberRecord EMPTY = new MemberRecord(Map.of());

    MemberRecord {
        said = Map.copyOf(said);
    }

    MemberRecord with(SignedStatement other) {
        MemberStatement.Kind kind = other.statement().kind();
        SignedStatement before = said.get(kind);
        if (before != null && !isBetter(kind, other, before)) {
            return this;
        }
        Map<MemberStatement.Kind, SignedStatement> more = new EnumMap<>(MemberStatement.Kind.class);
        more.putAll(said);
        more.put(kind, other);
        return new MemberRecord(more);
    }

    private static boolean isBetter(
            MemberStatement.Kind kind, SignedStatement other, SignedStatement before) {
        int later = other.statement().saidAt().compareTo(before.statement().saidAt());
        int order = later != 0 ? later : other.text().compareTo(before.text());
        return switch (kind) {
            case ADMISSION, ADDRESS -> order > 0;
            case DEPARTURE, EVICTION -> order < 0;
        };
    }

    Optional<SignedStatement> of(MemberStatement.Kind kind) {
        return Optional.ofNullable(said.get(kind));
    }

    List<SignedStatement> all() {
        return List.copyOf(said.values());
    }

    /// Since when nothing of it counts.
    Optional<Instant> goneSince() {
        return of(MemberStatement.Kind.EVICTION)
                .or(() -> of(MemberStatement.Kind.DEPARTURE))
                .map(signed -> signed.statement().saidAt());
    }

    /// Empty while it is not known to be admitted.
    Optional<Member> member() {
        return of(MemberStatement.Kind.ADMISSION)
                .map(admission -> {
                    MemberStatement admitted = admission.statement();
                    return new Member(
                            admitted.regionName(),
                            admitted.authority(),
                            state(),
                            of(MemberStatement.Kind.ADDRESS)
                                    .map(SignedStatement::statement)
                                    .filter(later -> !later.saidAt().isBefore(admitted.saidAt()))
                                    .orElse(admitted)
                                    .address(),
                            Optional.of(goneSince().orElse(admitted.saidAt())));
                });
    }

    private Member.State state() {
        if (said.containsKey(MemberStatement.Kind.EVICTION)) {
            return Member.State.EVICTED;
        }
        return said.containsKey(MemberStatement.Kind.DEPARTURE)
                ? Member.State.LEFT
                : Member.State.ACTIVE;
    }
}
