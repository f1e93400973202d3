package dev.sheaf.context.sync;

import dev.sheaf.context.VersionVector;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// What every member has. A member's report counts once all that it had written before the report
/// is durable here: after that, nothing concurrent with what the report covers can come from it.
final class Stability {
    private static final Message.Report NOTHING =
            new Message.Report(0, VersionVector.EMPTY, VersionVector.EMPTY, VersionVector.EMPTY);

    private final Site site;
    private final Map<Integer, Message.Report> reports = new HashMap<>();
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private VersionVector cut;
    private VersionVector stripped;
    private VersionVector settled;
    private VersionVector agreed = VersionVector.EMPTY;
    private boolean changed = true;

    Stability(Site site, ReplicaState state) {
        this.site = site;
        this.cut = state.cut();
        this.stripped = state.stripped();
        this.settled = state.cut();
    }

    /// The oldest and the newest report that do not count yet.
    private static final class Waiting {
        Message.Report oldest;
        Message.@Nullable Report newest;

        Waiting(Message.Report oldest) {
            this.oldest = oldest;
        }
    }

    /// What every member has.
    VersionVector cut() {
        return cut;
    }

    /// The cut that the documents here are durably stripped by.
    VersionVector settled() {
        return settled;
    }

    void settled(VersionVector by) {
        settled = settled.max(by);
        changed = true;
    }

    /// What every member has durably taken for stable.
    VersionVector agreed() {
        return agreed;
    }

    /// What some member may have taken for stable: the greatest of their cuts.
    VersionVector stripped() {
        VersionVector greatest = stripped.max(cut);
        for (Message.Report report : reports.values()) {
            greatest = greatest.max(report.cut());
        }
        return greatest;
    }

    void install(ReplicaState state) {
        cut = state.cut();
        stripped = state.stripped();
        settled = state.cut();
        changed = true;
    }

    /// What the member had, durable; empty when it has not been heard.
    VersionVector report(int member) {
        return reports.getOrDefault(member, NOTHING).vector();
    }

    Message.Report lastReport(int member) {
        return reports.getOrDefault(member, NOTHING);
    }

    void reported(Message.Report report) {
        if (counts(report)) {
            count(report);
            return;
        }
        Waiting there = waiting.get(report.actor());
        if (there == null) {
            waiting.put(report.actor(), new Waiting(report));
        } else {
            there.newest = report;
        }
    }

    private boolean counts(Message.Report report) {
        return site.durable.get(report.actor()) >= report.vector().get(report.actor());
    }

    private void count(Message.Report report) {
        int member = report.actor();
        Message.Report before = lastReport(member);
        Message.Report after =
                new Message.Report(
                        member,
                        before.vector().max(report.vector()),
                        before.cut().max(report.cut()),
                        before.settled().max(report.settled()));
        if (!after.equals(before)) {
            reports.put(member, after);
            changed = true;
        }
    }

    /// More is durable here.
    void advanced() {
        changed = true;
        waiting.values().removeIf(this::settled);
    }

    private boolean settled(Waiting there) {
        if (!counts(there.oldest)) {
            return false;
        }
        count(there.oldest);
        Message.Report newest = there.newest;
        if (newest == null) {
            return true;
        }
        there.oldest = newest;
        there.newest = null;
        return settled(there);
    }

    /// Raises the cuts as far as they go, and says so.
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
        boolean isMore = raised != cut;
        cut = raised;
        VersionVector leastSettled = settled;
        for (Member member : site.membership.counted()) {
            if (member.actor() != site.self) {
                leastSettled = leastSettled.min(lastReport(member.actor()).settled());
            }
        }
        agreed = agreed.max(leastSettled);
        if (isMore) {
            site.effects.stable(cut);
        }
    }
}
