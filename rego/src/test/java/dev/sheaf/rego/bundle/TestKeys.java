package dev.sheaf.rego.bundle;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// A pair of keys as PEM, in its usual forms and in the older ones.
record TestKeys(String privateKey, String publicKey, String olderPrivate, String olderPublic) {
    static TestKeys rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return of(generator.generateKeyPair(), "RSA");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has RSA", e);
        }
    }

    static TestKeys curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return of(generator.generateKeyPair(), "EC");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has curves", e);
        }
    }

    static TestKeys secret(String secret) {
        return new TestKeys(secret, secret, secret, secret);
    }

    static TestKeys of(SignatureScheme scheme) {
        return switch (scheme) {
            case HS256, HS384, HS512 -> secret("a secret for " + scheme);
            case RS256, RS384, RS512, PS256, PS384, PS512 -> rsa(2048);
            case ES256 -> curve("secp256r1");
            case ES384 -> curve("secp384r1");
            case ES512 -> curve("secp521r1");
        };
    }

    private static TestKeys of(KeyPair pair, String kind) {
        byte[] secret = pair.getPrivate().getEncoded();
        byte[] open = pair.getPublic().getEncoded();
        return new TestKeys(
                pem("PRIVATE KEY", secret),
                pem("PUBLIC KEY", open),
                pem(kind + " PRIVATE KEY", inner(secret, 2)),
                kind.equals("RSA") ? pem("RSA PUBLIC KEY", inner(open, 1)) : "");
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label);
    }

    /// The content of a part of a DER sequence, without the byte that begins bit strings.
    private static byte[] inner(byte[] der, int index) {
        ByteBuffer in = ByteBuffer.wrap(der);
        in.get();
        length(in);
        for (int i = 0; i < index; i++) {
            in.get();
            int length = length(in);
            in.position(in.position() + length);
        }
        int start = in.get() == 3 ? 1 : 0;
        byte[] content = new byte[length(in) - start];
        in.position(in.position() + start);
        in.get(content);
        return content;
    }

    private static int length(ByteBuffer in) {
        int first = in.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | in.get() & 0xff;
        }
        return length;
    }
}
