package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Optional;

/// A key that signatures are verified with: a public key, or the secret that signs too. Immutable;
/// does not show itself.
public final class VerificationKey {
    private final SignatureScheme scheme;
    private final Key key;
    private final Optional<String> scope;

    private VerificationKey(SignatureScheme scheme, Key key, Optional<String> scope) {
        this.scheme = scheme;
        this.key = key;
        this.scope = scope;
    }

    /// @param text a public key or a certificate in PEM; for `HS…` the secret itself
    /// @throws Problem INVALID_CONFIGURATION when it is no key for this scheme
    public static VerificationKey of(SignatureScheme scheme, String text) {
        return new VerificationKey(scheme, KeyText.publicKey(scheme, text), Optional.empty());
    }

    /// @param required what its signatures must be for, unless the verification says it
    public VerificationKey withScope(String required) {
        return new VerificationKey(scheme, key, Optional.of(required));
    }

    SignatureScheme scheme() {
        return scheme;
    }

    Optional<String> scope() {
        return scope;
    }

    boolean verifies(byte[] content, byte[] signature) {
        try {
            return scheme.verify(key, content, signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checked key that does not verify", e);
        }
    }
}
