package dev.sheaf.product.apply;

import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Ledger;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What an apply would do, made for one revision of the ledger.
///
/// @param digest of everything the plan does; the same manifests planned at the same revision have
///   the same digest, so whoever agreed to a plan can see that nothing else is applied
/// @param revision the ledger's, for which it was made
/// @param changes by domain and product; what stays as it is is listed as UNCHANGED
/// @param refusals why it cannot be applied; empty when it can
/// @param warnings what to look at, without being wrong
/// @param ledgerChanges what is handed to the ledger, in an order it accepts
public record Plan(
        Sha256 digest,
        long revision,
        List<PlannedChange> changes,
        List<Refusal> refusals,
        List<ManifestFinding> warnings,
        List<Ledger.Change> ledgerChanges) {
    public Plan {
        changes = List.copyOf(changes);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
        ledgerChanges = List.copyOf(ledgerChanges);
    }

    public boolean isApplicable() {
        return refusals.isEmpty();
    }

    /// Whether nothing is to be done.
    public boolean isEmpty() {
        return ledgerChanges.isEmpty();
    }

    public long count(PlannedChange.Action action) {
        return changes.stream().filter(change -> change.action() == action).count();
    }

    /// The domains that the plan would change something in, for whoever decides who may.
    public Set<String> domains() {
        Set<String> domains = new TreeSet<>();
        for (PlannedChange change : changes) {
            if (change.action() != PlannedChange.Action.UNCHANGED) {
                domains.add(change.subject().split("\\.", 2)[0]);
            }
        }
        return domains;
    }
}
