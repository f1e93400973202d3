package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is a member, as the changes of members that were applied so far say. The same changes in any
/// causal order give the same members.
final class Membership {
    private final ActorTable actors;
    private final int self;
    private final Frontier applied;
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    private final Map<Integer, Proposal> proposals = new HashMap<>();
    private List<Member> counted = List.of();

    Membership(ActorTable actors, int self, Frontier applied, ReplicaState state) {
        this.actors = actors;
        this.self = self;
        this.applied = applied;
        install(state);
    }

    void install(ReplicaState state) {
        members.clear();
        proposals.clear();
        state.members().forEach(member -> members.put(member.actor(), member));
        state.proposals().forEach(proposal -> proposals.put(proposal.proposer(), proposal));
        count();
    }

    private void count() {
        counted = members.values().stream().filter(Member::counts).toList();
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }

    /// All but the evicted.
    List<Member> counted() {
        return counted;
    }

    Collection<Proposal> proposals() {
        return List.copyOf(proposals.values());
    }

    boolean isProposing() {
        return !proposals.isEmpty();
    }

    @Nullable Proposal proposalOf(int proposer) {
        return proposals.get(proposer);
    }

    @Nullable Member member(int actor) {
        return members.get(actor);
    }

    boolean isActive(int actor) {
        Member member = members.get(actor);
        return member != null && member.standing() == Member.Standing.ACTIVE;
    }

    /// The region's actor that is not evicted, if it has one.
    @Nullable Member memberOf(RegionName region) {
        for (Member member : counted) {
            if (actors.actor(member.actor()).region().equals(region)) {
                return member;
            }
        }
        return null;
    }

    /// The first epoch of the region that no known actor has used.
    int freeEpoch(RegionName region) {
        int free = 1;
        for (Member member : members.values()) {
            ActorId actor = actors.actor(member.actor());
            if (actor.region().equals(region)) {
                free = Math.max(free, actor.epoch() + 1);
            }
        }
        return free;
    }

    /// Whether this node agreed to end the actor's stream, and that is not decided. Until then it
    /// takes the stream only from those who are to stay: what any of them has is part of it.
    boolean isEnding(int actor) {
        for (Proposal proposal : proposals.values()) {
            if (proposal.acknowledged().containsKey(self)
                    && proposal.targets().contains(actor)
                    && !isVoid(proposal)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the proposal can come to nothing any more: its proposer is itself declared gone, and
    /// none of those who are to stay has a decision of it.
    private boolean isVoid(Proposal proposal) {
        for (Proposal other : proposals.values()) {
            if (other.declared().contains(proposal.proposer())
                    && other.acknowledged().containsKey(self)
                    && isOutdone(proposal, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOutdone(Proposal proposal, Proposal by) {
        for (Member member : counted) {
            int actor = member.actor();
            boolean stays =
                    member.standing() == Member.Standing.ACTIVE
                            && !by.targets().contains(actor)
                            && !proposal.targets().contains(actor);
            VersionVector had = by.acknowledged().get(actor);
            if (stays
                    && (had == null
                            || had.get(proposal.proposer()) > applied.get(proposal.proposer()))) {
                return false;
            }
        }
        return true;
    }

    void apply(Event event, MemberChange change) {
        switch (change) {
            case MemberChange.Evict(List<ActorId> targets, List<ActorId> declared) ->
                    propose(event, indexes(targets), indexes(declared));
            case MemberChange.Agree(ActorId proposer, long sequence) ->
                    agree(event, actors.indexOf(proposer), sequence);
            case MemberChange.Cancel() -> proposals.remove(event.actor());
            case MemberChange.Decide(List<ActorId> targets, List<Long> ends) ->
                    decide(event, indexes(targets), ends);
            case MemberChange.Retire(ActorId actor) -> {
                Member member = members.get(actors.indexOf(actor));
                if (member != null && member.standing() == Member.Standing.EVICTED) {
                    members.put(member.actor(), member.as(Member.Standing.GONE));
                }
            }
            case MemberChange.Admit(ActorId actor) -> {
                int index = actors.indexOf(actor);
                members.putIfAbsent(
                        index, new Member(index, Member.Standing.ADMITTED, event.dot(), 0));
            }
            case MemberChange.Sponsor(ActorId actor) -> {
                Member member = members.get(actors.indexOf(actor));
                if (member != null && member.standing() == Member.Standing.ADMITTED) {
                    members.put(member.actor(), member.as(Member.Standing.ACTIVE));
                }
            }
        }
        count();
    }

    private List<Integer> indexes(List<ActorId> names) {
        List<Integer> indexes = new ArrayList<>();
        names.forEach(name -> indexes.add(actors.indexOf(name)));
        return indexes;
    }

    private void propose(Event event, List<Integer> targets, List<Integer> declared) {
        proposals.put(
                event.actor(),
                new Proposal(
                        event.dot(), targets, declared, Map.of(event.actor(), event.context())));
    }

    private void agree(Event event, int proposer, long sequence) {
        Proposal proposal = proposals.get(proposer);
        if (proposal != null && Dot.sequence(proposal.dot()) == sequence) {
            proposals.put(proposer, proposal.with(event.actor(), event.context()));
        }
    }

    private void decide(Event event, List<Integer> targets, List<Long> ends) {
        Proposal proposal = proposals.get(event.actor());
        List<Integer> declared = proposal == null ? List.of() : proposal.declared();
        for (int i = 0; i < targets.size(); i++) {
            int target = targets.get(i);
            Member member = members.get(target);
            if (member != null && member.counts()) {
                members.put(
                        target,
                        new Member(
                                target,
                                declared.contains(target)
                                        ? Member.Standing.GONE
                                        : Member.Standing.EVICTED,
                                member.admission(),
                                ends.get(i)));
                proposals.remove(target);
            }
        }
        proposals.remove(event.actor());
    }
}
