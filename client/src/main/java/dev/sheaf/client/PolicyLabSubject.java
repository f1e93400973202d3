package dev.sheaf.client;

import java.util.List;

/// As whom the policy lab looks.
///
/// @param domains names, or `*` for all
public record PolicyLabSubject(String subject, List<String> roles, List<String> domains) {
    public PolicyLabSubject {
        roles = List.copyOf(roles);
        domains = List.copyOf(domains);
    }
}
