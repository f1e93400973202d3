package dev.sheaf.node.membership;

import dev.sheaf.client.JoinTokenText;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/// A token as the node keeps it that made it: what it allows, and the secret's digest, so that
/// whoever reads the file cannot use it.
///
/// @param id names the file
/// @param secretDigest SHA-256 in hexadecimal digits
/// @param expiresAt ISO 8601
/// @param usedBy the fingerprint of the key that joined with it; empty while none has
record JoinToken(String id, String region, String secretDigest, String expiresAt, String usedBy) {
    static String digest(String secret) {
        return dev.sheaf.node.pki.Fingerprints.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    RegionName regionName() {
        return RegionName.parse(region);
    }

    JoinToken usedBy(String fingerprint) {
        return new JoinToken(id, region, secretDigest, expiresAt, fingerprint);
    }

    /// @param fingerprint of the key that wants to join
    /// @throws Problem FORBIDDEN saying why not
    void require(JoinTokenText token, String fingerprint, Instant now) {
        if (!MessageDigest.isEqual(
                HexFormat.of().parseHex(digest(token.secret())),
                HexFormat.of().parseHex(secretDigest))) {
            throw refused("it is none of this node's");
        }
        if (!token.region().equals(region)) {
            throw refused("it is for " + region + ", not for " + token.region());
        }
        if (now.isAfter(Instant.parse(expiresAt))) {
            throw refused("it ended at " + expiresAt);
        }
        if (!usedBy.isEmpty() && !usedBy.equals(fingerprint)) {
            throw refused("it was used already");
        }
    }

    static Problem refused(String reason) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "the token does not let anybody join: "
                        + reason
                        + ". Ask for a new one: 'sheaf join-token'");
    }
}
