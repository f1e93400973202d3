package dev.sheaf.node.identity;

import dev.sheaf.kernel.DomainName;

import java.util.Set;

/// A caller as a verified token describes them.
///
/// @param domains names of domains, or `*` for all
public record Principal(
        String subject, String issuer, Set<Scope> scopes, Set<String> roles, Set<String> domains) {
    public static final String ALL_DOMAINS = "*";

    /// Whoever calls a route that is open to all.
    public static final Principal NOBODY =
            new Principal("anonymous", "", Set.of(), Set.of(), Set.of());

    public Principal {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
        domains = Set.copyOf(domains);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /// Whether the token covers the domain; what it may do there is said by its scopes.
    public boolean covers(DomainName domain) {
        return domains.contains(ALL_DOMAINS) || domains.contains(domain.value());
    }
}
