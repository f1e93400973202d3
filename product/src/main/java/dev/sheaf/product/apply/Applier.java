package dev.sheaf.product.apply;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Carries a plan out.
///
/// The ledger's transaction is the one moment at which it takes effect: before it nothing has
/// changed, after it everything has. Tables follow: one is created, or brought to its contract's
/// columns, when the product is next published; one of a removed product is dropped after the
/// transaction, and if the node dies in between, by the next [#dropRemoved()].
public final class Applier {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Ledger ledger;
    private final Lake lake;

    public Applier(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Applies the whole plan or nothing of it; an empty one changes nothing.
    ///
    /// @throws Problem with the first refusal's code, all of them in its message, when the plan has
    ///   refusals; CONFLICT when the ledger has moved on since it was made
    public Applied apply(Plan plan) {
        requireApplicable(plan);
        if (plan.isEmpty()) {
            requireRevision(plan);
            return new Applied(plan.revision(), plan, List.of());
        }
        dropRemoved();
        ledger.apply(plan.revision(), plan.ledgerChanges());
        return new Applied(plan.revision() + 1, plan, dropRemoved());
    }

    private static void requireApplicable(Plan plan) {
        if (!plan.isApplicable()) {
            throw new Problem(
                    plan.refusals().getFirst().code(),
                    "the plan is refused, nothing was applied:\n"
                            + plan.refusals().stream()
                                    .map(refusal -> refusal.subject() + ": " + refusal.message())
                                    .collect(Collectors.joining("\n")),
                    Map.of("refusals", plan.refusals().stream().map(Applier::json).toList()),
                    null);
        }
    }

    private static Map<String, Object> json(Refusal refusal) {
        return Map.of(
                "code", refusal.code().name(),
                "subject", refusal.subject(),
                "message", refusal.message());
    }

    private void requireRevision(Plan plan) {
        if (ledger.revision() != plan.revision()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "something else was applied since revision "
                            + plan.revision()
                            + ": plan again and look at the new plan");
        }
    }

    /// Drops the tables of removed products; to be called at start too.
    ///
    /// @return products whose table could not be dropped now; they are tried again next time
    public List<ProductName> dropRemoved() {
        List<ProductName> left = new ArrayList<>();
        for (ProductName name : ledger.removedProducts()) {
            try {
                lake.drop(new TableName(name.domain().value(), name.name()));
                ledger.forgetRemoved(name);
            } catch (Problem problem) {
                LOG.warn("the table of the removed product {} stays for now", name, problem);
                left.add(name);
            }
        }
        return left;
    }

    /// @param revision the ledger's, now
    /// @param notDroppedYet removed products whose table is still there
    public record Applied(long revision, Plan plan, List<ProductName> notDroppedYet) {
        public Applied {
            notDroppedYet = List.copyOf(notDroppedYet);
        }
    }
}
