package dev.sheaf.context.sync;

import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// What every member has. A member's report counts once all that it had written before the report
/// is durable here: after that, nothing concurrent with what the report covers can come from it.
final class Stability {
    private final Site site;
    private final Map<Integer, VersionVector> reports = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private VersionVector cut;
    private boolean changed = true;

    Stability(Site site, VersionVector cut) {
        this.site = site;
        this.cut = cut;
    }

    /// The oldest and the newest report that do not count yet.
    private static final class Waiting {
        VersionVector oldest;
        @Nullable VersionVector newest;

        Waiting(VersionVector oldest) {
            this.oldest = oldest;
        }
    }

    VersionVector cut() {
        return cut;
    }

    void install(VersionVector installed) {
        cut = installed;
        changed = true;
    }

    /// What the member had, durable; empty when it has not been heard.
    VersionVector report(int member) {
        return reports.getOrDefault(member, VersionVector.EMPTY);
    }

    void reported(int member, VersionVector vector) {
        if (counts(member, vector)) {
            count(member, vector);
            return;
        }
        Waiting there = waiting.get(member);
        if (there == null) {
            waiting.put(member, new Waiting(vector));
        } else {
            there.newest = vector;
        }
    }

    private boolean counts(int member, VersionVector vector) {
        return site.durable.get(member) >= vector.get(member);
    }

    private void count(int member, VersionVector vector) {
        VersionVector before = report(member);
        VersionVector after = before.max(vector);
        if (after != before) {
            reports.put(member, after);
            changed = true;
        }
    }

    /// More is durable here.
    void advanced() {
        changed = true;
        waiting.entrySet().removeIf(entry -> settled(entry.getKey(), entry.getValue()));
    }

    private boolean settled(int member, Waiting there) {
        if (!counts(member, there.oldest)) {
            return false;
        }
        count(member, there.oldest);
        VersionVector newest = there.newest;
        if (newest == null) {
            return true;
        }
        there.oldest = newest;
        there.newest = null;
        return settled(member, there);
    }

    /// Raises the cut as far as it goes, and says so.
    void settle() {
        if (!changed || !site.isMember()) {
            return;
        }
        changed = false;
        VersionVector least = site.durable.vector();
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self) {
                least = least.min(report(member.actor()));
            }
        }
        VersionVector raised = cut.max(least);
        if (raised != cut) {
            cut = raised;
            site.effects.stable(cut);
        }
    }
}
