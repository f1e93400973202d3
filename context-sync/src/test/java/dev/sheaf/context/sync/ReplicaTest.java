package dev.sheaf.context.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// One replica, input by input.
final class ReplicaTest {
    private ReplicaRig rig = new ReplicaRig();

    @BeforeEach
    void linksAreUp() {
        rig = new ReplicaRig();
        rig.replica.linkUp(ReplicaRig.OTHER, rig.now);
        rig.replica.linkUp(ReplicaRig.THIRD, rig.now);
    }

    private void subscribeOther(long after) {
        ActorId other = new ActorId(ReplicaRig.OTHER, 1);
        rig.deliverAs(ReplicaRig.OTHER, new Message.Subscribe(other, 0, 1, after));
    }

    @Test
    void eachOriginIsAskedForItsOwnStream() {
        assertEquals(1, rig.messages(ReplicaRig.OTHER, Message.Subscribe.class).getFirst().actor());
        assertEquals(2, rig.messages(ReplicaRig.THIRD, Message.Subscribe.class).getFirst().actor());
    }

    @Test
    void anEventWaitsForItsCause() {
        Event cause = rig.event(2, 1, VersionVector.EMPTY);
        Event effect = rig.event(1, 1, VersionVector.of(0, 0, 1));

        rig.deliver(ReplicaRig.OTHER, effect);
        assertEquals(List.of(), rig.applied);
        rig.deliver(ReplicaRig.THIRD, cause);

        assertEquals(List.of(cause, effect), rig.applied);
    }

    @Test
    void theSameEventTwiceIsAppliedOnce() {
        Event event = rig.event(1, 1, VersionVector.EMPTY);

        rig.deliver(ReplicaRig.OTHER, event);
        rig.deliver(ReplicaRig.OTHER, event);

        assertEquals(List.of(event), rig.applied);
        assertEquals(1, rig.replica.load().duplicates());
    }

    @Test
    void aHoleIsAskedForAndNothingBehindItApplied() {
        int before = rig.messages(ReplicaRig.OTHER, Message.Subscribe.class).size();

        rig.deliver(ReplicaRig.OTHER, rig.event(1, 2, VersionVector.EMPTY));

        List<Message.Subscribe> asked = rig.messages(ReplicaRig.OTHER, Message.Subscribe.class);
        assertEquals(List.of(), rig.applied);
        assertEquals(before + 1, asked.size());
        assertEquals(0, asked.getLast().after());
    }

    @Test
    void eventsOfAnEarlierSubscriptionAreIgnored() {
        long earlier = rig.subscriptionTo(1);
        rig.replica.linkDown(ReplicaRig.OTHER, rig.now);
        rig.replica.linkUp(ReplicaRig.OTHER, rig.now);

        rig.deliverAs(
                ReplicaRig.OTHER,
                new Message.Events(1, earlier, List.of(rig.event(1, 1, VersionVector.EMPTY))));

        assertEquals(List.of(), rig.applied);
    }

    @Test
    void nothingIsSentBeforeItIsDurable() {
        subscribeOther(0);
        Event event = rig.write();
        assertEquals(List.of(), rig.messages(ReplicaRig.OTHER, Message.Events.class));

        rig.sync();

        assertEquals(
                List.of(event),
                rig.messages(ReplicaRig.OTHER, Message.Events.class).getFirst().events());
    }

    @Test
    void aSlowSubscriberGetsNoMoreThanItsWindow() {
        subscribeOther(0);
        for (int i = 0; i < 50; i++) {
            rig.write();
            rig.sync();
        }

        assertEquals(10, rig.messages(ReplicaRig.OTHER, Message.Events.class).size());
        assertEquals(10 * ReplicaRig.EVENT_BYTES, rig.replica.load().bytesOnTheWayMax());

        rig.deliverAs(ReplicaRig.OTHER, new Message.Acknowledge(0, 1, 10));
        assertEquals(new ReplicaRig.Read(ReplicaRig.OTHER, 0, 1, 10, 50), rig.reads.getLast());
    }

    @Test
    void aClockTooFarAheadPausesOneStreamAndLeavesTheLink() {
        Event ahead = rig.event(1, 1, VersionVector.EMPTY, ReplicaRig.WALL_MILLIS + 60_001);

        rig.deliver(ReplicaRig.OTHER, ahead);
        rig.deliver(ReplicaRig.THIRD, rig.event(2, 1, VersionVector.EMPTY));

        assertEquals(List.of(Refusal.CLOCK_AHEAD), rig.refusals);
        assertFalse(Refusal.CLOCK_AHEAD.closesLink());
        assertEquals(1, rig.applied.size());
    }

    @Test
    void aStreamThatPausedIsAskedForAgain() {
        rig.deliver(
                ReplicaRig.OTHER,
                rig.event(1, 1, VersionVector.EMPTY, ReplicaRig.WALL_MILLIS + 70_000));
        long before = rig.subscriptionTo(1);

        rig.now += 2_000 * ReplicaRig.MILLISECOND;
        rig.replica.tick(rig.now);

        assertTrue(rig.subscriptionTo(1) > before);
    }

    @Test
    void anEventInAnothersNameIsRefused() {
        rig.deliverAs(
                ReplicaRig.OTHER,
                new Message.Events(
                        1, rig.subscriptionTo(1), List.of(rig.event(2, 1, VersionVector.EMPTY))));

        assertEquals(List.of(Refusal.FORGED_ORIGIN), rig.refusals);
        assertEquals(List.of(), rig.applied);
    }

    @Test
    void aContextThatContradictsTheNumberIsRefused() {
        Event event = rig.event(1, 1, VersionVector.EMPTY);
        Event forged =
                new Event(
                        event.eventId(),
                        event.kind(),
                        event.type(),
                        event.documentId(),
                        event.schemaVersion(),
                        1,
                        1,
                        1,
                        event.hlc(),
                        VersionVector.of(0, 5),
                        event.lane(),
                        "",
                        0,
                        "",
                        List.of());

        rig.deliver(ReplicaRig.OTHER, forged);

        assertEquals(List.of(Refusal.FORGED_SEQUENCE), rig.refusals);
    }

    @Test
    void aSubscriptionInAnothersNameIsRefused() {
        rig.deliverAs(
                ReplicaRig.OTHER, new Message.Subscribe(new ActorId(ReplicaRig.THIRD, 1), 0, 1, 0));

        assertEquals(List.of(Refusal.FORGED_ORIGIN), rig.refusals);
    }

    @Test
    void aStrangerGetsNothing() {
        ActorId stranger = new ActorId(ReplicaRig.OTHER, 7);
        rig.deliverAs(ReplicaRig.OTHER, new Message.Subscribe(stranger, 0, 1, 0));
        rig.write();
        rig.sync();

        assertEquals(1, rig.messages(ReplicaRig.OTHER, Message.Declined.class).size());
        assertEquals(List.of(), rig.messages(ReplicaRig.OTHER, Message.Events.class));
    }

    @Test
    void stalenessIsUnknownUntilAMarkAndCountsFromItsBeat() {
        assertEquals(Staleness.UNKNOWN, rig.replica.stalenessNanos(rig.now));
        answer(VersionVector.EMPTY);

        rig.now += 30 * ReplicaRig.MILLISECOND;

        long staleness = rig.replica.stalenessNanos(1, rig.now);
        assertTrue(staleness >= 40 * ReplicaRig.MILLISECOND, "too fresh: " + staleness);
        assertTrue(staleness < 41 * ReplicaRig.MILLISECOND, "too stale: " + staleness);
        assertEquals(Staleness.UNKNOWN, rig.replica.stalenessNanos(rig.now));
    }

    @Test
    void aMarkCountsOnlyWhenWhatItNamesIsHere() {
        answer(VersionVector.of(0, 1));
        assertEquals(Staleness.UNKNOWN, rig.replica.stalenessNanos(1, rig.now));

        rig.deliver(ReplicaRig.OTHER, rig.event(1, 1, VersionVector.EMPTY));

        assertTrue(rig.replica.stalenessNanos(1, rig.now) < 11 * ReplicaRig.MILLISECOND);
    }

    /// The other region answers our last beat after ten milliseconds.
    private void answer(VersionVector vector) {
        long number = rig.messages(ReplicaRig.OTHER, Message.Beat.class).getLast().number();
        rig.now += 10 * ReplicaRig.MILLISECOND;
        rig.deliverAs(
                ReplicaRig.OTHER,
                new Message.Mark(
                        1,
                        number,
                        vector,
                        VersionVector.EMPTY,
                        VersionVector.EMPTY,
                        List.of(new Message.Age(1, 0)),
                        List.of(),
                        rig.hlc(),
                        OptionalLong.empty()));
    }

    /// The other end forgot the subscription, or cannot read what it asks for.
    @Test
    void anUpstreamThatShowsMoreAndSendsNothingIsAskedAnew() {
        long before = rig.subscriptionTo(1);
        for (int second = 0; second < 4; second++) {
            rig.now += 1_000 * ReplicaRig.MILLISECOND;
            rig.replica.tick(rig.now);
            answer(VersionVector.of(0, 3));
        }
        assertEquals(before, rig.subscriptionTo(1), "asked anew too soon");

        for (int second = 0; second < 2; second++) {
            rig.now += 1_000 * ReplicaRig.MILLISECOND;
            rig.replica.tick(rig.now);
            answer(VersionVector.of(0, 3));
        }

        assertTrue(rig.subscriptionTo(1) > before, "not asked anew");
        rig.deliver(ReplicaRig.OTHER, rig.event(1, 1, VersionVector.EMPTY));
        assertEquals(1, rig.applied.size());
    }

    @Test
    void aMarkLeavesWhenWhatItNamesIsDurable() {
        rig.write();
        rig.deliverAs(ReplicaRig.OTHER, new Message.Beat(77, List.of()));
        assertEquals(List.of(), rig.messages(ReplicaRig.OTHER, Message.Mark.class));

        rig.sync();

        Message.Mark mark = rig.messages(ReplicaRig.OTHER, Message.Mark.class).getFirst();
        assertEquals(77, mark.number());
        assertEquals(VersionVector.of(1), mark.vector());
    }

    @Test
    void theCutIsWhatAllMembersHave() {
        rig.write();
        rig.sync();
        report(ReplicaRig.OTHER, VersionVector.of(1));
        rig.replica.tick(rig.now);
        assertEquals(VersionVector.EMPTY, rig.replica.cut());

        report(ReplicaRig.THIRD, VersionVector.of(1));

        assertEquals(VersionVector.of(1), rig.replica.cut());
        assertEquals(List.of(VersionVector.of(1)), rig.cuts);
    }

    @Test
    void aReportCountsOnlyWhenWhatItsMemberWroteBeforeIsHere() {
        rig.write();
        rig.sync();
        report(ReplicaRig.THIRD, VersionVector.of(1));
        report(ReplicaRig.OTHER, VersionVector.of(1, 1));
        assertEquals(VersionVector.EMPTY, rig.replica.cut());

        rig.deliver(ReplicaRig.OTHER, rig.event(1, 1, VersionVector.EMPTY));
        rig.sync();
        rig.replica.tick(rig.now);

        assertEquals(VersionVector.of(1), rig.replica.cut());
    }

    private void report(dev.sheaf.kernel.RegionName from, VersionVector vector) {
        rig.deliverAs(
                from,
                new Message.Mark(
                        from.equals(ReplicaRig.OTHER) ? 1 : 2,
                        0,
                        vector,
                        VersionVector.EMPTY,
                        VersionVector.EMPTY,
                        List.of(),
                        List.of(),
                        rig.hlc(),
                        OptionalLong.empty()));
    }

    @Test
    void whoLearnsThatItsOwnEventsAreUnknownToItIsOutOfDate() {
        report(ReplicaRig.OTHER, VersionVector.of(3));

        assertEquals(1, rig.evictions.size());
        assertFalse(rig.replica.isMember());
    }

    @Test
    void anotherEventThanTheNextOneCannotBeWritten() {
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.replica.written(rig.event(0, 2, VersionVector.EMPTY), rig.now));
    }

    @Test
    void aRelayServesWhenTheOriginsLinkIsGone() {
        rig.replica.linkDown(ReplicaRig.THIRD, rig.now);
        rig.replica.tick(rig.now);

        Message.Subscribe relayed =
                rig.messages(ReplicaRig.OTHER, Message.Subscribe.class).getLast();
        assertEquals(2, relayed.actor());
    }

    @Test
    void changesOfMembersAreReadAsTheyWereWritten() {
        ActorId one = new ActorId(ReplicaRig.OTHER, 1);
        ActorId two = new ActorId(ReplicaRig.THIRD, 4);
        List<MemberChange> changes = new ArrayList<>();
        changes.add(new MemberChange.Evict(List.of(one, two), List.of(two)));
        changes.add(new MemberChange.Agree(one, 12));
        changes.add(new MemberChange.Cancel());
        changes.add(new MemberChange.Decide(List.of(one, two), List.of(3L, 0L)));
        changes.add(new MemberChange.Retire(one));
        changes.add(new MemberChange.Admit(two));
        changes.add(new MemberChange.Sponsor(two));

        for (MemberChange change : changes) {
            Event event = rig.event(1, 1, VersionVector.EMPTY);
            Event carrying =
                    new Event(
                            event.eventId(),
                            event.kind(),
                            MemberChange.TYPE,
                            "",
                            "1.0",
                            1,
                            1,
                            1,
                            event.hlc(),
                            event.context(),
                            event.lane(),
                            "",
                            0,
                            "",
                            List.of(change.toOp()));
            assertTrue(MemberChange.isMemberChange(carrying));
            assertEquals(change, MemberChange.of(carrying).orElseThrow());
        }
    }
}
