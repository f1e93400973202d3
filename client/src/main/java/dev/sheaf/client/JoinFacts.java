package dev.sheaf.client;

import java.util.List;

/// What a new member has to know of its mesh.
///
/// @param root the root's certificate, PEM
/// @param authority the certificate of its region's authority, PEM
/// @param shards of each scope of context
/// @param statements what is known of the members, each signed
public record JoinFacts(
        String mesh,
        String region,
        String root,
        String authority,
        int shards,
        List<String> statements) {
    public JoinFacts {
        statements = List.copyOf(statements);
    }
}
