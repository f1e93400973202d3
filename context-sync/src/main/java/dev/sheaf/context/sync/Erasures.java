package dev.sheaf.context.sync;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.List;

/// The erasures that are kept in mind: until all members have them, and as long as a region that
/// was evicted without them may come back.
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

    void settle(VersionVector cut) {
        if (!kept.isEmpty() && !anybodyIsAway()) {
            kept.removeIf(erasure -> cut.covers(erasure.dot()));
        }
    }

    private boolean anybodyIsAway() {
        for (Member member : site.membership.all()) {
            RegionName region = site.regionOf(member.actor());
            if (member.standing() == Member.Standing.EVICTED && site.activeMember(region) == null) {
                return true;
            }
        }
        return false;
    }
}
