package dev.sheaf.query;

import java.util.Set;

/// Who asks, as established by the node.
///
/// @param subject the token's subject
/// @param roles as the token says
/// @param domains domains whose products the token may read, `*` for all
public record Caller(String subject, Set<String> roles, Set<String> domains) {
    public Caller {
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }
}
