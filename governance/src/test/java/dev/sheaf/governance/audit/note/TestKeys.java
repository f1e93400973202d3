package dev.sheaf.governance.audit.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/// Fresh keys for tests.
public final class TestKeys {
    private TestKeys() {}

    public static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static NoteSigner signer(String name) {
        return new NoteSigner(name, pair());
    }
}
