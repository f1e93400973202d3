package dev.sheaf.query;

import java.util.Set;

/// Who asks, as established by the node.
///
/// @param subject the token's subject
/// @param roles as the token says
/// @param domains domains whose people they are of, `*` for all
/// @param purpose what they say that it is for; empty when they do not
public record Caller(String subject, Set<String> roles, Set<String> domains, String purpose) {
    public Caller {
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }
}
