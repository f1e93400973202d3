package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;

import java.util.ArrayList;
import java.util.List;

/// The erasures that are kept in mind: until all members have them, and as long as a region that was
/// evicted without them may come back.
final class Erasures {
    private final Site site;
    private final List<Erasure> kept;

    Erasures(Site site, List<Erasure> kept) {
        this.site = site;
        this.kept = new ArrayList<>(kept);
    }

    void install(List<Erasure> installed) {
        kept.clear();
        kept.addAll(installed);
    }

    void applied(Event event) {
        kept.addAll(Erasure.in(event));
    }

    List<Erasure> kept() {
        return List.copyOf(kept);
    }

    List<Erasure> unseenBy(VersionVector context) {
        return kept.stream().filter(erasure -> !context.covers(erasure.dot())).toList();
    }

    void settle(Stability stability) {
        if (!kept.isEmpty() && !anybodyIsAway(stability)) {
            VersionVector cut = stability.cut();
            kept.removeIf(erasure -> cut.covers(erasure.dot()));
        }
    }

    /// Whether a region may still come back with events that were concurrent with an erasure.
    private boolean anybodyIsAway(Stability stability) {
        for (Member member : site.membership.all()) {
            boolean isAway =
                    switch (member.standing()) {
                        case EVICTED, ADMITTED -> true;
                        case GONE -> false;
                        // The state on its way to it must have the erasures in it.
                        case ACTIVE ->
                                member.admission() != 0
                                        && member.actor() != site.self
                                        && stability.report(member.actor()).width() == 0;
                    };
            if (isAway && isLatest(member)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLatest(Member member) {
        ActorId actor = site.actors.actor(member.actor());
        return site.membership.freeEpoch(actor.region()) == actor.epoch() + 1;
    }
}
