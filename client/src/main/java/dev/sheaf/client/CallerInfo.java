package dev.sheaf.client;

import java.util.List;

/// As whom the node knows its caller.
///
/// @param domains names, or `*` for all
public record CallerInfo(
        String subject,
        String issuer,
        List<String> roles,
        List<String> scopes,
        List<String> domains) {
    public CallerInfo {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
        domains = List.copyOf(domains);
    }
}
