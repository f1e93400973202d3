package dev.sheaf.context.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.kernel.RegionName;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The fast sequence gives what the paper's tree gives, on random histories of several replicas.
class SequenceAgainstReferenceTest {
    private static final List<String> REGIONS =
            List.of(
                    "aws/us-east-1",
                    "azure/westeurope",
                    "gcp/asia-east1",
                    "aws/eu-west-1",
                    "gcp/us-west1");

    @Property(tries = 300)
    void replicasAgreeWithTheReferenceAndWithEachOther(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int replicaCount) {
        run(seed, replicaCount, 60);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void longHistoriesAgreeToo(long seed) {
        run(seed, 3, 400);
    }

    static List<Replica> replicas(long seed, int count) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(REGIONS);
        Collections.shuffle(names, random);
        ActorTable actors = new ActorTable();
        List<Replica> replicas = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int actor = actors.indexOf(new ActorId(RegionName.parse(names.get(number)), 1));
            replicas.add(new Replica(actor, actors, random));
        }
        return replicas;
    }

    private static void run(long seed, int replicaCount, int steps) {
        List<Replica> replicas = replicas(seed, replicaCount);
        Random random = new Random(seed + 1);
        for (int step = 0; step < steps; step++) {
            Replica replica = replicas.get(random.nextInt(replicaCount));
            Replica other = replicas.get(random.nextInt(replicaCount));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> takeSome(replica, other, random);
                case 3 -> joinAll(replica, other, random);
                case 4 -> replica.store();
                case 5 -> replica.fork();
                default -> replica.write(step);
            }
            check(replica, seed, step);
        }
        for (Replica replica : replicas) {
            for (Replica other : replicas) {
                joinAll(replica, other, random);
            }
            check(replica, seed, steps);
            joinAll(replicas.getFirst(), replica, random);
        }
        for (Replica replica : replicas) {
            joinAll(replica, replicas.getFirst(), random);
            assertEquals(replicas.getFirst().fastDots(), replica.fastDots(), () -> "seed " + seed);
        }
    }

    /// Some of what the other has, in a random causal order, some of it twice.
    private static void takeSome(Replica replica, Replica other, Random random) {
        List<Replica.Change> missing = new ArrayList<>(other.log);
        missing.removeIf(replica::hasApplied);
        int wanted = missing.isEmpty() ? 0 : 1 + random.nextInt(missing.size());
        for (int taken = 0; taken < wanted; taken++) {
            Replica.Change change = pickReady(replica, missing, random);
            replica.receive(change);
            if (random.nextInt(4) == 0) {
                replica.applyFast(replica.log.get(random.nextInt(replica.log.size())));
            }
        }
    }

    /// All that the other has: change by change for the fast one, one join for the reference.
    private static void joinAll(Replica replica, Replica other, Random random) {
        List<Replica.Change> missing = new ArrayList<>(other.log);
        missing.removeIf(replica::hasApplied);
        while (!missing.isEmpty()) {
            Replica.Change change = pickReady(replica, missing, random);
            replica.applyFast(change);
            replica.remember(change);
        }
        replica.reference.join(other.reference);
    }

    private static Replica.Change pickReady(
            Replica replica, List<Replica.Change> missing, Random random) {
        while (true) {
            Replica.Change change = missing.get(random.nextInt(missing.size()));
            if (replica.isReady(change)) {
                missing.remove(change);
                return change;
            }
        }
    }

    private static void check(Replica replica, long seed, int step) {
        List<Long> expected = replica.reference.dots();
        String place = "seed " + seed + ", step " + step;
        List<Integer> values = replica.reference.values();
        assertEquals(expected, replica.fastDots(), place);
        assertEquals(values, replica.fast.values(), place);
        assertEquals(expected.size(), replica.fast.size(), place);
        for (int index = 0; index < expected.size(); index++) {
            assertEquals(expected.get(index), replica.fast.dotAt(index), place);
            assertEquals(index, replica.fast.indexOf(expected.get(index)), place);
            assertEquals(values.get(index), replica.fast.valueAt(index), place);
        }
    }
}
