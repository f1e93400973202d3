package dev.sheaf.node.membership;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.ContextNode;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// How regions go: by themselves, or evicted by whoever holds the root. For any thread.
final class Departures {
    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int NAMED_MAX = 5;

    private final Membership membership;
    private final ContextNode context;
    private final Supplier<List<String>> atHome;

    /// @param atHome products whose home is here
    Departures(Membership membership, ContextNode context, Supplier<List<String>> atHome) {
        this.membership = membership;
        this.context = context;
        this.atHome = atHome;
    }

    /// This node leaves: all that it wrote arrives at whom it reaches, then that it has left.
    ///
    /// @throws Problem CONFLICT when others need it, UNAVAILABLE when not all has arrived; nothing
    ///   is changed then
    synchronized void leave(boolean force) {
        membership.requireActive();
        if (!force) {
            requireNotNeeded();
            if (!arrives()) {
                throw new Problem(
                        ProblemCode.UNAVAILABLE,
                        "what was written in "
                                + membership.self()
                                + " has not arrived at all members that it has links with, after "
                                + ARRIVAL_MAX.toSeconds()
                                + " s; try again, or leave all the same with --force");
            }
        }
        membership.depart(this::arrives);
    }

    private void requireNotNeeded() {
        List<String> products = atHome.get();
        if (!products.isEmpty()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    membership.self()
                            + " is the home of "
                            + products.size()
                            + " products ("
                            + String.join(
                                    ", ", products.subList(0, Math.min(NAMED_MAX, products.size())))
                            + (products.size() > NAMED_MAX ? ", ..." : "")
                            + "), which would be out of everybody's reach; delete or move them, or"
                            + " leave all the same with --force");
        }
        boolean othersActive =
                membership.members().list().stream()
                        .anyMatch(member ->
                                !member.region().equals(membership.self())
                                        && member.state() == Member.State.ACTIVE);
        if (membership.keys().holdsRoot() && othersActive) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    membership.self()
                            + " holds the root of the mesh, without which nobody can be admitted or"
                            + " evicted; copy its key to another member first (docs/members.md), or"
                            + " leave all the same with --force");
        }
    }

    private boolean arrives() {
        return until(() -> context.runtime().isKnownToPeers());
    }

    private static boolean until(BooleanSupplier condition) {
        long end = System.nanoTime() + ARRIVAL_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Problem(ProblemCode.CANCELLED, "the caller is gone", e);
            }
        }
        return true;
    }

    /// @param confirm the region once more
    /// @throws Problem FORBIDDEN when this node does not hold the root, NOT_FOUND, CONFLICT
    void evict(RegionName region, String confirm) {
        if (!region.toString().equals(confirm)) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "an eviction is for good; to confirm it, name the region "
                            + region
                            + " once more, not '"
                            + confirm
                            + "'");
        }
        membership.requireActive();
        if (region.equals(membership.self())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    region + " is this node's own region; it can leave: 'sheaf leave'");
        }
        Member member =
                membership
                        .members()
                        .find(region)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND,
                                        "the node of "
                                                + membership.self()
                                                + " knows of no member "
                                                + region
                                                + " of the mesh "
                                                + membership.mesh()));
        if (member.state() == Member.State.EVICTED) {
            throw new Problem(ProblemCode.CONFLICT, region + " was evicted already");
        }
        membership.say(
                MemberStatement.Kind.EVICTION, region, member.authority(), 0, MemberAddress.UNSAID);
        membership.follow();
    }
}
