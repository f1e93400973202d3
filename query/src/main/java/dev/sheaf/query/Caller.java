package dev.sheaf.query;

import dev.sheaf.kernel.RegionName;

import java.util.Optional;
import java.util.Set;

/// Who asks, as established by the node.
///
/// @param subject the token's subject
/// @param roles as the token says
/// @param domains domains whose people they are of, `*` for all
/// @param purpose what they say that it is for; empty when they do not
/// @param destination the region that the answer goes to; empty for this one
public record Caller(
        String subject,
        Set<String> roles,
        Set<String> domains,
        String purpose,
        Optional<RegionName> destination) {
    public Caller {
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }

    /// Whose answer stays in this region.
    public Caller(String subject, Set<String> roles, Set<String> domains, String purpose) {
        this(subject, roles, domains, purpose, Optional.empty());
    }
}
