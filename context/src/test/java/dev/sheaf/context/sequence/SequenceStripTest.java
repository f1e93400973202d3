package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.context.VersionVector;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Dropping dead positions is never seen: replicas that drop at different times, or never, agree
/// with the reference, which keeps everything.
class SequenceStripTest {
    /// What one member tells another, in the order of its stream: a change, or how far it has come.
    private record Message(
            Replica.@org.jspecify.annotations.Nullable Change change,
            VersionVector applied,
            VersionVector stable) {}

    /// A member, with what it knows of the others: the streams are FIFO, so what a member reports
    /// comes after all it wrote before.
    private static final class Member {
        final Replica replica;
        final List<Message> stream = new ArrayList<>();
        final int[] read;
        final VersionVector[] applied;
        final VersionVector[] stable;
        final boolean strips;

        Member(Replica replica, int count, boolean strips) {
            this.replica = replica;
            this.strips = strips;
            read = new int[count];
            applied = new VersionVector[count];
            stable = new VersionVector[count];
            java.util.Arrays.fill(applied, VersionVector.EMPTY);
            java.util.Arrays.fill(stable, VersionVector.EMPTY);
        }
    }

    private final List<Member> members = new ArrayList<>();
    private int dropped;

    @Property(tries = 400)
    void strippedReplicasAgreeWithTheReference(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int count) {
        members.clear();
        simulate(seed, count, 150, Integer.MAX_VALUE);
    }

    @Property(tries = 400)
    void crowdedListsAgree(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int count) {
        members.clear();
        simulate(seed, count, 200, 3);
    }

    @Test
    void longHistoriesAgreeAndMostDeadPositionsGo() {
        for (long seed = 100; seed < 106; seed++) {
            members.clear();
            simulate(seed, 3, 1_500, Integer.MAX_VALUE);
        }
        assertTrue(dropped > 1_000, "dropped only " + dropped);
    }

    private void simulate(long seed, int count, int steps, int sizeMax) {
        Random random = new Random(seed);
        for (Replica replica : SequenceAgainstReferenceTest.replicas(seed, count)) {
            replica.sizeMax = sizeMax;
            members.add(new Member(replica, count, members.size() < count - 1));
        }
        for (int step = 0; step < steps; step++) {
            int number = random.nextInt(count);
            Member member = members.get(number);
            int choice = random.nextInt(10);
            if (choice < 3) {
                Replica.Change change = member.replica.write(step);
                member.stream.add(new Message(change, VersionVector.EMPTY, VersionVector.EMPTY));
            } else if (choice < 5) {
                report(member, number);
            } else if (choice == 5) {
                member.replica.store();
            } else {
                for (int message = 0; message < 3; message++) {
                    read(member, random.nextInt(count), number);
                }
            }
            String place = "seed " + seed + ", step " + step;
            assertEquals(member.replica.reference.dots(), member.replica.fastDots(), place);
        }
        drain();
        for (Member member : members) {
            List<Long> dots = member.replica.fastDots();
            assertEquals(members.getFirst().replica.fastDots(), dots, "seed " + seed);
            assertEquals(member.replica.reference.dots(), dots, "seed " + seed);
            for (int index = 0; index < dots.size(); index++) {
                assertEquals(dots.get(index), member.replica.fast.dotAt(index));
                assertEquals(index, member.replica.fast.indexOf(dots.get(index)));
            }
        }
    }

    private void drain() {
        for (int round = 0; round < 6; round++) {
            for (int number = 0; number < members.size(); number++) {
                for (int pass = 0; pass < 2_000; pass++) {
                    read(members.get(number), pass % members.size(), number);
                }
                for (int from = 0; from < members.size(); from++) {
                    int before;
                    do {
                        before = members.get(number).read[from];
                        read(members.get(number), from, number);
                    } while (members.get(number).read[from] > before);
                }
            }
            for (int number = 0; number < members.size(); number++) {
                report(members.get(number), number);
            }
        }
    }

    private void read(Member member, int from, int self) {
        Member other = members.get(from);
        if (from == self || member.read[from] == other.stream.size()) {
            return;
        }
        Message message = other.stream.get(member.read[from]);
        if (message.change() != null) {
            if (!member.replica.isReady(message.change())) {
                return;
            }
            member.replica.receive(message.change());
        } else {
            member.applied[from] = message.applied();
            member.stable[from] = message.stable();
        }
        member.read[from]++;
    }

    /// The member strips as far as it may, then says so.
    private void report(Member member, int self) {
        member.applied[self] = member.replica.applied;
        VersionVector stable = least(member.applied);
        VersionVector agreedBefore = member.stable[self];
        member.stable[self] = stable;
        assertTrue(stable.covers(agreedBefore));
        VersionVector agreed = member.strips ? least(member.stable) : VersionVector.EMPTY;
        dropped += member.replica.fast.strip(stable, agreed);
        member.stream.add(new Message(null, member.replica.applied, stable));
    }

    private static VersionVector least(VersionVector[] vectors) {
        VersionVector least = vectors[0];
        for (VersionVector vector : vectors) {
            least = least.min(vector);
        }
        return least;
    }
}
