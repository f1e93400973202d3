package dev.sheaf.testkit;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.sync.Member;
import dev.sheaf.context.sync.Replica;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Whether one node's part in one group has come to rest, and has everything then.
final class SimRest {
    private final SimGroup group;
    private final World world;

    SimRest(SimGroup group, World world) {
        this.group = group;
        this.world = world;
    }

    /// What keeps this node from being at rest, together with another; empty when nothing does.
    String unsettled(@Nullable SimGroup with) {
        Replica running = group.replica();
        if (running == null || !running.isMember()) {
            return group.actor()
                    + " in "
                    + group.scope.id
                    + " is no member"
                    + (running == null ? ", down" : "");
        }
        String state =
                group.actor()
                        + " ("
                        + group.self()
                        + ") in "
                        + group.scope.id
                        + " is at "
                        + running.applied()
                        + ", cut "
                        + running.cut()
                        + ", "
                        + streams(running);
        if (!running.cut().equals(running.applied())
                || group.hasStash()
                || !running.state().proposals().isEmpty()
                || !running.state().erasures().isEmpty()
                || running.load().waiting() > 0) {
            return state
                    + ", proposals "
                    + running.state().proposals()
                    + ", erasures "
                    + running.state().erasures().size()
                    + ", "
                    + running.load();
        }
        if (running.stalenessNanos(group.node.nanos()) > 2 * World.SECOND) {
            return state + ", stale by " + running.staleness(group.node.nanos());
        }
        if (with != null && !with.seen().equals(group.seen())) {
            return state + ", other than " + with.actor() + " at " + with.seen();
        }
        if (with != null && with.documents().digest(false) != group.documents().digest(false)) {
            throw group.broken(
                    Invariant.CONVERGENCE, "other documents at rest than " + with.actor());
        }
        if (with != null
                && !group.scope.redacted.contains(with.node.region)
                && !group.scope.redacted.contains(group.node.region)
                && with.documents().digest(true) != group.documents().digest(true)) {
            throw group.broken(
                    Invariant.CONVERGENCE, "other documents at rest than " + with.actor());
        }
        return "";
    }

    /// The members, and where their streams come from.
    private String streams(@Nullable Replica running) {
        StringBuilder text = new StringBuilder();
        for (Member member : running == null ? List.<Member>of() : running.members()) {
            text.append(group.scope.actors.actor(member.actor()).region().location().charAt(7))
                    .append('#')
                    .append(group.scope.actors.actor(member.actor()).epoch())
                    .append(' ')
                    .append(member.standing().name().charAt(1))
                    .append(member.end());
            if (running != null) {
                running.upstreamOf(member.actor())
                        .ifPresent(up -> text.append("<-").append(up.location().charAt(7)));
            }
            text.append(", ");
        }
        return text.toString();
    }

    /// Whether every write that any writer was told is safe is here.
    void checkAcknowledged() {
        group.scope
                .truth
                .acknowledgedDots()
                .forEach((id, dot) -> {
                    world.tally.checks++;
                    Event there = group.scope.truth.find(Dot.actor(dot), Dot.sequence(dot));
                    boolean isHere =
                            there != null
                                    && there.eventId().equals(id)
                                    && group.seen().covers(dot)
                                    && isWithinEnd(dot);
                    if (!isHere && !group.scope.truth.isLost(Dot.actor(dot))) {
                        throw group.broken(
                                Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
                                id
                                        + " was acknowledged as "
                                        + Dot.text(dot, group.scope.actors)
                                        + ", and is not here, at "
                                        + group.seen()
                                        + ", "
                                        + streams(group.replica()));
                    }
                });
    }

    private boolean isWithinEnd(long dot) {
        for (Member member :
                group.replica() == null ? List.<Member>of() : group.replica().members()) {
            if (member.actor() == Dot.actor(dot)
                    && (member.standing() == Member.Standing.EVICTED
                            || member.standing() == Member.Standing.GONE)) {
                return Dot.sequence(dot) <= member.end();
            }
        }
        return true;
    }
}
