package dev.sheaf.context.runtime;

import dev.sheaf.context.Event;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.sync.Refusal;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.RegionName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/// One residency scope, as its groups see the node around them. For any thread.
final class ScopeView implements GroupMembership {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeView.class);

    private final Groups groups;
    private final String name;
    private final SortedSet<RegionName> regions;
    private final Set<RegionName> mismatched = ConcurrentHashMap.newKeySet();
    private final HeldTypes held;

    ScopeView(Groups groups, String name, SortedSet<RegionName> regions) {
        this.groups = groups;
        this.name = name;
        this.regions = regions;
        this.held = new HeldTypes(groups.parts().log(), name);
    }

    String name() {
        return name;
    }

    SortedSet<RegionName> regions() {
        return regions;
    }

    private List<KnownType> types() {
        return groups.parts().types().all().stream()
                .filter(type -> type.scope().equals(name))
                .toList();
    }

    @Override
    public int session() {
        return groups.session();
    }

    @Override
    public boolean mayRelay(RegionName relay, RegionName to) {
        return regions.contains(relay)
                && regions.contains(to)
                && types().stream().allMatch(type -> type.type().mayRelay(relay, to));
    }

    @Override
    public boolean seesTheSame(RegionName peer) {
        RegionName own = groups.parts().config().region();
        return held.isEmpty() && mayRelay(own, peer) && mayRelay(peer, own);
    }

    @Override
    public Lane lane() {
        return types().stream().map(KnownType::lane).min(Lane::compareTo).orElse(Lane.BACKGROUND);
    }

    @Override
    public void begin(Group group) {
        groups.incoming().introduce(group);
        if (group.replica().isMember()) {
            // The node may have ended between the state's coming and the writing of what was aside.
            group.worker().submit(() -> new Rejoin(groups, group).finish());
        }
    }

    @Override
    public void keepActors() {
        groups.keepActors();
    }

    @Override
    public void hold(Group group, Event event) {
        if (held.add(group.number(), event.type())) {
            LOG.warn(
                    "{} writes documents of type {}, which this node does not know; they are kept"
                            + " in the log until the type is applied here",
                    groups.parts().actors().actor(event.actor()).region(),
                    event.type());
        }
    }

    HeldTypes held() {
        return held;
    }

    @Override
    public Event withoutContent(Event event) {
        return Groups.withoutContent(event);
    }

    @Override
    public void erased(DocumentKey key, long fence) {
        groups.erasures().add(key, fence);
    }

    @Override
    public void keepErasures(StateBatch batch) {
        groups.erasures().keepNew(batch);
    }

    @Override
    public void notWritten() {
        groups.erasures().notKept();
    }

    @Override
    public void stable(Group group, VersionVector cut) {
        if (held.isEmpty()) {
            groups.retention().stable(group, cut);
        }
    }

    @Override
    public void evicted(Group group, long end) {
        group.worker().submit(() -> new Rejoin(groups, group).begin(end));
    }

    @Override
    public void installed(Group group) {
        groups.parts().feed().replaced(name);
        new Rejoin(groups, group).finish();
    }

    @Override
    public void epochTaken(Group group, int epoch) {
        group.worker().submit(() -> new Rejoin(groups, group).tryAgain(epoch));
    }

    @Override
    public void mismatched(RegionName peer) {
        mismatched.add(peer);
    }

    boolean hasMismatch(RegionName peer) {
        return mismatched.contains(peer);
    }

    @Override
    public void refused(RegionName from, Refusal why) {
        groups.parts().metrics().refused(from, why.name());
        LOG.warn("what {} sent was not taken: {}", from, why);
        if (why.closesLink()) {
            groups.incoming().close(from, "it sent what cannot be: " + why);
        }
    }

    @Override
    public void writeSeen(Group group, StateBatch batch) {
        group.seen().writeRecent(group.number(), batch);
    }

    @Override
    public void logFailed(Problem problem) {
        groups.logFailed(problem);
    }

    @Override
    public Optional<Duration> roundTrip(RegionName peer) {
        return groups.incoming().roundTrip(peer);
    }

    @Override
    public List<RegionName> linked() {
        Holds holds = groups.parts().peers().holds();
        return groups.incoming().linked().stream()
                .filter(regions::contains)
                .filter(peer -> !holds.isHeld(peer, name))
                .toList();
    }
}
