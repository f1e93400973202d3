package dev.sheaf.client;

import java.util.List;
import java.util.OptionalLong;

/// Asks the node's own issuer for a token.
///
/// @param domains names, or `*` for all; none when empty
/// @param lifetimeSeconds one hour when empty
public record TokenRequest(
        String subject,
        List<String> scopes,
        List<String> domains,
        List<String> roles,
        OptionalLong lifetimeSeconds) {
    public TokenRequest {
        scopes = List.copyOf(scopes);
        domains = List.copyOf(domains);
        roles = List.copyOf(roles);
    }
}
