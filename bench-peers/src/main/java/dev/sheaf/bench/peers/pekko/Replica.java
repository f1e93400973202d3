package dev.sheaf.bench.peers.pekko;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWMapKey;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.LWWRegisterKey;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hands writes to Pekko's replicator and what its subscriptions tell to [Observations].
final class Replica extends AbstractActor {
    private static final int MAPS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Model model;
    private final Observations seen;
    private final ActorRef replicator;
    private final SelfUniqueAddress self;
    private final Replicator.WriteConsistency consistency;
    private final List<Key<LWWRegister<Long>>> registers = new ArrayList<>();
    private final List<Key<LWWMap<String, Long>>> maps = new ArrayList<>();
    private final Map<String, Integer> keys = new HashMap<>();

    /// @param written when, in microseconds; the value itself
    record Write(int key, long written) {}

    Replica(Model model, Observations seen) {
        this.model = model;
        this.seen = seen;
        this.replicator = DistributedData.get(getContext().getSystem()).replicator();
        this.self = DistributedData.get(getContext().getSystem()).selfUniqueAddress();
        this.consistency =
                model.writesToAll() ? new Replicator.WriteAll(TIMEOUT) : Replicator.writeLocal();
        for (int key = 0; key < PekkoMember.KEYS; key++) {
            keys.put(name(key), key);
            registers.add(LWWRegisterKey.create(name(key)));
        }
        for (int map = 0; map < MAPS; map++) {
            maps.add(LWWMapKey.create("map-" + map));
        }
    }

    private static String name(int key) {
        return "session-" + key;
    }

    @Override
    public void preStart() {
        (model.registers() ? registers : maps)
                .forEach(key -> replicator.tell(subscription(key), getSelf()));
    }

    private <D extends ReplicatedData> Replicator.Subscribe<D> subscription(Key<D> key) {
        return new Replicator.Subscribe<>(key, getSelf());
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(Write.class, this::write)
                .match(Replicator.Changed.class, this::changed)
                .match(Replicator.UpdateSuccess.class, success -> {})
                .match(
                        Replicator.UpdateTimeout.class,
                        late -> System.err.println("not at all members in time: " + late.key()))
                .build();
    }

    private void write(Write write) {
        if (model.registers()) {
            replicator.tell(
                    new Replicator.Update<>(
                            registers.get(write.key()),
                            LWWRegister.create(self, 0L),
                            consistency,
                            register ->
                                    register.withValueOf(
                                            write.written(), self, LWWRegister.defaultClock())),
                    getSelf());
        } else {
            replicator.tell(
                    new Replicator.Update<>(
                            maps.get(write.key() % MAPS),
                            LWWMap.<String, Long>create(),
                            consistency,
                            map -> map.put(self, name(write.key()), write.written())),
                    getSelf());
        }
    }

    private void changed(Replicator.Changed<?> change) {
        ReplicatedData data = change.dataValue();
        if (data instanceof LWWRegister<?> register) {
            see(
                    change.key().id(),
                    register.value(),
                    register.updatedBy().equals(self.uniqueAddress()));
        } else if (data instanceof LWWMap<?, ?> map) {
            map.getEntries().forEach((key, value) -> see(key, value, false));
        }
    }

    private void see(Object key, Object value, boolean own) {
        Integer number = keys.get(key);
        if (number == null || !(value instanceof Long written)) {
            throw new IllegalStateException("a key or value nobody wrote: " + key + "=" + value);
        }
        seen.see(number, written, own);
    }
}
