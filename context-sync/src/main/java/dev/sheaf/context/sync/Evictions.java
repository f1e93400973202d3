package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Dot;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Ends the streams of members that are silent for too long, or that say themselves that they are
/// no more. One member proposes; all the others that are not proposed as well must agree, and be a
/// majority unless all that are proposed declared themselves gone; then the proposer alone decides,
/// after it has what any of them has of the ending streams. Until then it may cancel.
final class Evictions {
    private final Site site;
    private final Freshness freshness;
    private final Consumer<MemberChange> write;
    private final Set<Integer> declared = new HashSet<>();

    Evictions(Site site, Freshness freshness, Consumer<MemberChange> write) {
        this.site = site;
        this.freshness = freshness;
        this.write = write;
    }

    /// The actor's own region says that the actor is gone.
    void declare(int actor) {
        declared.add(actor);
    }

    /// Does the one step that is due, if any.
    void tick() {
        if (!site.isMember()) {
            return;
        }
        declared.removeIf(actor -> !counts(actor));
        Proposal own = site.membership.proposalOf(site.self);
        if (own != null) {
            reconsider(own);
        } else {
            propose();
        }
        for (Proposal proposal : site.membership.proposals()) {
            if (mayAgree(proposal)) {
                ActorId proposer = site.actors.actor(proposal.proposer());
                write.accept(new MemberChange.Agree(proposer, Dot.sequence(proposal.dot())));
            }
        }
    }

    private boolean counts(int actor) {
        Member member = site.membership.member(actor);
        return member != null && member.counts();
    }

    private boolean isSilent(int actor, long limitNanos) {
        return actor != site.self && site.now - freshness.heardAt(actor) > limitNanos;
    }

    private boolean isSilent(int actor) {
        return isSilent(actor, site.config.silenceMaxNanos());
    }

    private void propose() {
        List<Integer> targets = new ArrayList<>(declared);
        int lowest = site.self;
        for (Member member : site.membership.counted()) {
            int actor = member.actor();
            if (isSilent(actor)) {
                if (!targets.contains(actor)) {
                    targets.add(actor);
                }
            } else if (site.membership.isActive(actor) && site.actors.compare(actor, lowest) < 0) {
                lowest = actor;
            }
        }
        if (!isEnough(targets, declared)) {
            targets = List.copyOf(declared);
        }
        boolean isMine = lowest == site.self || !declared.isEmpty();
        if (targets.isEmpty() || !isMine) {
            return;
        }
        for (Proposal other : site.membership.proposals()) {
            if (!declared.containsAll(targets) && !targets.contains(other.proposer())) {
                return;
            }
        }
        write.accept(new MemberChange.Evict(names(targets), names(List.copyOf(declared))));
    }

    private List<ActorId> names(List<Integer> of) {
        return of.stream().map(site.actors::actor).toList();
    }

    /// Those who must all agree.
    private List<Integer> electors(List<Integer> targets) {
        List<Integer> electors = new ArrayList<>();
        for (Member member : site.membership.counted()) {
            if (member.standing() == Member.Standing.ACTIVE && !targets.contains(member.actor())) {
                electors.add(member.actor());
            }
        }
        return electors;
    }

    /// Those who say themselves that they are gone need nobody's majority, as all others agree. For
    /// the silent the electors must be one: the consent of a region that lost its state could be
    /// counted on both sides of a partition.
    private boolean isEnough(List<Integer> targets, Collection<Integer> consenting) {
        List<Integer> electors = electors(targets);
        return consenting.containsAll(targets)
                || (2 * electors.size() > electors(List.of()).size()
                        && canAllReturn(targets, electors));
    }

    /// Whether for each target somebody stays who sees all that it sees, and can be its sponsor.
    private boolean canAllReturn(List<Integer> targets, List<Integer> electors) {
        for (int target : targets) {
            RegionName region = site.regionOf(target);
            boolean canReturn = false;
            for (int elector : electors) {
                canReturn |= site.relays.mayRelay(site.regionOf(elector), region);
            }
            if (!canReturn) {
                return false;
            }
        }
        return true;
    }

    private void reconsider(Proposal own) {
        boolean complete = isEnough(own.targets(), own.declared());
        for (int elector : electors(own.targets())) {
            boolean agreed = own.acknowledged().containsKey(elector);
            if (!agreed && (isSilent(elector) || declared.contains(elector))) {
                write.accept(new MemberChange.Cancel());
                return;
            }
            complete = complete && agreed;
        }
        if ((!own.isDeclared() && yields(own)) || anyCameBack(own)) {
            write.accept(new MemberChange.Cancel());
            return;
        }
        List<Long> ends = new ArrayList<>();
        for (int target : own.targets()) {
            long end = own.end(target);
            complete = complete && site.applied.get(target) >= end;
            ends.add(end);
        }
        if (complete) {
            write.accept(new MemberChange.Decide(names(own.targets()), ends));
        }
    }

    /// Two proposers must not wait for each other.
    private boolean yields(Proposal own) {
        for (Proposal other : site.membership.proposals()) {
            int proposer = other.proposer();
            if (proposer != site.self
                    && !own.targets().contains(proposer)
                    && site.actors.compare(proposer, site.self) < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean anyCameBack(Proposal own) {
        for (int target : own.targets()) {
            if (!own.declared().contains(target)
                    && !isSilent(target, site.config.silenceMaxNanos() / 2)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayAgree(Proposal proposal) {
        int proposer = proposal.proposer();
        if (proposer == site.self
                || proposal.acknowledged().containsKey(site.self)
                || proposal.targets().contains(site.self)
                || (!proposal.isDeclared() && conflicting(proposal) != null)) {
            return false;
        }
        for (int target : proposal.targets()) {
            boolean gone =
                    proposal.declared().contains(target)
                            || isSilent(target, site.config.silenceMaxNanos() / 2);
            if (!gone) {
                return false;
            }
        }
        return true;
    }

    /// Another proposal that this node has agreed to, and whose proposer is to stay.
    private @Nullable Proposal conflicting(Proposal proposal) {
        for (Proposal other : site.membership.proposals()) {
            if (other.proposer() != proposal.proposer()
                    && other.acknowledged().containsKey(site.self)
                    && !proposal.targets().contains(other.proposer())) {
                return other;
            }
        }
        return null;
    }
}
