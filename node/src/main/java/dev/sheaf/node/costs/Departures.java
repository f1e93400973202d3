package dev.sheaf.node.costs;

import dev.sheaf.cost.TransferUse;
import dev.sheaf.cost.UseBook;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.Principal;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Rows that leave this region for another: held to what policy and budgets allow before they are
/// made and while they go, and metered. For any thread.
public final class Departures {
    private final RegionName own;
    private final CostMeter meter;
    private final Budgets budgets;
    private final BooleanSupplier mayCap;

    /// @param mayCap whether the policies in force can say what something may cost
    public Departures(RegionName own, CostMeter meter, Budgets budgets, BooleanSupplier mayCap) {
        this.own = own;
        this.meter = meter;
        this.budgets = budgets;
        this.mayCap = mayCap;
    }

    /// What a sub-query reads.
    ///
    /// @param maxCost the least that a decision about one of them allows; empty for any
    public record Reads(Collection<ProductName> products, Optional<Money> maxCost) {
        public Reads {
            products = Set.copyOf(products);
        }
    }

    /// Whether anything depends on what a statement is expected to cost.
    public boolean areLimited() {
        return mayCap.getAsBoolean() || budgets.areAny();
    }

    /// Before anything runs.
    ///
    /// @param bytes that are expected; 0 when nobody knows
    /// @throws Problem COST_EXCEEDED
    public Departure begin(RegionName to, Principal caller, Reads reads, long bytes) {
        reads.maxCost().ifPresent(cap -> requireWithin(cap, meter.quote(own, to, bytes).price()));
        return new Departure(
                to, caller, reads, budgets.reserve(reads.products(), own, to, bytes), bytes);
    }

    private static void requireWithin(Money cap, Money cost) {
        if (!cap.currency().equals(cost.currency()) || cost.compareTo(cap) > 0) {
            throw new Problem(
                    ProblemCode.COST_EXCEEDED,
                    "policy lets you have this for "
                            + cap
                            + " at most, and it costs "
                            + UseBook.shown(cost)
                            + "; ask for less: fewer columns or rows, or an aggregate");
        }
    }

    /// One answer on its way.
    public final class Departure implements AutoCloseable {
        private final RegionName to;
        private final Principal caller;
        private final Reads reads;
        private Reservation reservation;
        private long heldBytes;
        private long sentBytes;
        private boolean isClosed;

        Departure(RegionName to, Principal caller, Reads reads, Reservation first, long bytes) {
            this.to = to;
            this.caller = caller;
            this.reads = reads;
            this.reservation = first;
            this.heldBytes = bytes;
        }

        /// Before the next of it leaves. An estimate that was too low is raised.
        ///
        /// @param bytes with all that has left before
        /// @throws Problem COST_EXCEEDED: the rest may not leave
        public synchronized void leaves(long bytes) {
            if (isClosed || bytes <= sentBytes) {
                return;
            }
            if (bytes > heldBytes) {
                reads.maxCost()
                        .ifPresent(cap -> requireWithin(cap, meter.quote(own, to, bytes).price()));
                long wanted = Math.max(bytes, Math.addExact(heldBytes, heldBytes / 4));
                reservation.close();
                reservation = budgets.reserve(reads.products(), own, to, wanted);
                heldBytes = wanted;
            }
            sentBytes = bytes;
        }

        /// What has left is on record, and what was held is given back. Any number of times.
        @Override
        public synchronized void close() {
            if (isClosed) {
                return;
            }
            isClosed = true;
            meter.record(
                    new TransferUse(
                            TransferUse.Kind.QUERY,
                            own,
                            to,
                            Set.copyOf(reads.products()),
                            caller.domains(),
                            String.join(",", new TreeSet<>(caller.roles())),
                            sentBytes));
            reservation.close();
        }
    }
}
