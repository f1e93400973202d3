package dev.sheaf.testkit;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.Hlc;
import dev.sheaf.context.sync.Member;
import dev.sheaf.context.sync.Message;
import dev.sheaf.context.sync.Replica;
import dev.sheaf.context.sync.Staleness;
import dev.sheaf.kernel.RegionName;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds one node's part in one group against the truth, after each step that touched it.
final class SimChecks {
    private final SimGroup group;
    private final World world;
    private final DeliberateBug bug;
    private final Set<String> touchedDocuments = new HashSet<>();
    private final Map<Integer, Long> wallFresh = new HashMap<>();
    private boolean hasMoved;

    SimChecks(SimGroup group, World world, DeliberateBug bug) {
        this.group = group;
        this.world = world;
        this.bug = bug;
    }

    void restarted() {
        wallFresh.clear();
        hasMoved = true;
    }

    void moved(String documentId) {
        hasMoved = true;
        if (!documentId.isEmpty()) {
            touchedDocuments.add(documentId);
        }
    }

    /// @param isSynced whether all that is in the log is synced
    void afterStep(boolean isSynced) {
        Replica running = group.replica();
        if (running == null || !running.isMember()) {
            hasMoved = false;
            touchedDocuments.clear();
            return;
        }
        checkStaleness(running);
        checkMemory(running);
        if (hasMoved && isSynced) {
            // Before that, the numbers of this vector may yet be given to other events.
            hasMoved = false;
            checkConvergence();
        }
        if (!touchedDocuments.isEmpty()) {
            touchedDocuments.forEach(this::checkErasures);
            touchedDocuments.clear();
        }
    }

    private void checkStaleness(Replica running) {
        long nanos = group.node.nanos();
        List<Member> members = running.members();
        for (Member member : members) {
            if (member.actor() == group.self() || member.standing() != Member.Standing.ACTIVE) {
                continue;
            }
            world.tally.checks++;
            long claimed = claimed(running, member.actor(), nanos);
            if (claimed == Staleness.UNKNOWN) {
                continue;
            }
            long safe = group.scope.truth.acknowledgedAt(member.actor(), world.now() - claimed);
            if (group.seen().get(member.actor()) < safe) {
                throw group.broken(
                        Invariant.STALENESS,
                        "claims to be at most "
                                + claimed / 1e6
                                + " ms behind "
                                + group.scope.actors.actor(member.actor())
                                + ", but is at "
                                + group.seen().get(member.actor())
                                + " and "
                                + safe
                                + " had been acknowledged before that");
            }
        }
    }

    private long claimed(Replica running, int member, long nanos) {
        if (bug == DeliberateBug.TRUST_WALL_CLOCK) {
            Long fresh = wallFresh.get(member);
            return fresh == null
                    ? Staleness.UNKNOWN
                    : Math.max(0, group.node.wallMillis() - fresh) * World.MILLISECOND;
        }
        return running.stalenessNanos(member, nanos);
    }

    /// What a node would think that believes the clocks of others.
    void trustWallClock(RegionName from, Message.Mark mark) {
        for (Message.Age age : mark.ages()) {
            boolean isSender = group.scope.actors.actor(age.actor()).region().equals(from);
            if (isSender && group.seen().get(age.actor()) >= mark.vector().get(age.actor())) {
                wallFresh.merge(age.actor(), Hlc.millis(mark.hlc()), Math::max);
            }
        }
    }

    private void checkMemory(Replica running) {
        world.tally.checks++;
        Replica.Load load = running.load();
        long window = group.scope.config.windowBytes() + SimGroup.EVENT_BYTES * 8L;
        long waitingMax = window / SimGroup.CONTROL_BYTES * running.members().size();
        if (load.bytesOnTheWayMax() > window || load.waiting() > waitingMax) {
            throw group.broken(Invariant.MEMORY, load + " is beyond its bounds");
        }
    }

    private void checkConvergence() {
        world.tally.checks++;
        long digest = group.documents().digest(false);
        Long other = group.scope.truth.differing(group.seen(), digest);
        if (other != null) {
            throw group.broken(
                    Invariant.CONVERGENCE, "other documents than another node at " + group.seen());
        }
    }

    private void checkErasures(String documentId) {
        List<Event> erasures = group.scope.truth.erasuresOf(documentId);
        if (erasures.isEmpty()) {
            return;
        }
        world.tally.checks++;
        for (long dot : group.documents().visible(documentId)) {
            Event found = group.scope.truth.find(Dot.actor(dot), Dot.sequence(dot));
            Event written = found == null ? null : group.scope.truth.original(found);
            for (Event erasure : erasures) {
                if (written != null
                        && group.seen().covers(erasure.dot())
                        && !written.context().covers(erasure.dot())
                        && !written.context().covers(group.scope.truth.original(erasure).dot())) {
                    throw group.broken(
                            Invariant.NO_RESURRECTION,
                            written.eventId() + " is there after " + erasure.eventId());
                }
            }
        }
    }

    /// What leaves for that region.
    void checkResidency(RegionName to, Message.Events events) {
        if (!group.scope.regions.contains(to)) {
            throw group.broken(Invariant.RESIDENCY, "events sent to " + to + ", outside the scope");
        }
        for (Event event : events.events()) {
            if (group.scope.redacted.contains(to) && group.documents().showsSecret(event)) {
                throw group.broken(
                        Invariant.RESIDENCY,
                        event.eventId() + " shows " + to + " what it may not see");
            }
        }
    }
}
