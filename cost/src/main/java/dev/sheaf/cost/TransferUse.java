package dev.sheaf.cost;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Bytes that left a region.
///
/// @param from where they left
/// @param products whose bytes they are; each bears an equal share. Empty for what is no product's
/// @param callerDomains domains of whoever they went to, `*` for all; empty when nobody asked
/// @param callerClass of what kind whoever asked is, as in `analyst`: their roles; no name of a
///   person
/// @param bytes at least zero
public record TransferUse(
        Kind kind,
        RegionName from,
        RegionName to,
        Set<ProductName> products,
        Set<String> callerDomains,
        String callerClass,
        long bytes) {
    public TransferUse {
        products = Set.copyOf(products);
        callerDomains = Set.copyOf(callerDomains);
        if (bytes < 0) {
            throw new IllegalArgumentException(bytes + " bytes");
        }
    }

    /// What the bytes are.
    public enum Kind {
        /// The result of a sub-query.
        QUERY,
        /// Files, for a replica or read from elsewhere.
        FILES,
        /// Documents on a link, and what keeps the link alive.
        CONTEXT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The caller's domains as one text, sorted.
    String callerDomainsText() {
        return String.join(",", new TreeSet<>(callerDomains));
    }
}
