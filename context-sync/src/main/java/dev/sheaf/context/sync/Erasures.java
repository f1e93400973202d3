package dev.sheaf.context.sync;

import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;

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

    void settle(Stability stability) {
        if (!kept.isEmpty() && !anybodyIsAway(stability)) {
            VersionVector cut = stability.cut();
            kept.removeIf(erasure -> cut.covers(erasure.dot()));
        }
    }

    /// Whether a region may still come back with events that were concurrent with an erasure: it
    /// was evicted, and has not reported under a later epoch. What it had is in its stream by then.
    private boolean anybodyIsAway(Stability stability) {
        for (Member member : site.membership.all()) {
            if (member.standing() == Member.Standing.EVICTED && !isBack(member, stability)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBack(Member evicted, Stability stability) {
        Member later = site.activeMember(site.regionOf(evicted.actor()));
        return later != null
                && (later.actor() == site.self || stability.report(later.actor()).width() > 0);
    }
}
