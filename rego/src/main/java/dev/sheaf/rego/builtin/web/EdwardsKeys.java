package dev.sheaf.rego.builtin.web;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/// Public keys for Ed25519 (RFC 8032) from and to their 32 bytes.
final class EdwardsKeys {
    static final int BYTES = 32;

    private EdwardsKeys() {}

    static PublicKey key(byte[] bytes) throws GeneralSecurityException {
        byte[] reversed = reversed(bytes);
        boolean isOdd = reversed[0] < 0;
        reversed[0] &= 0x7f;
        EdECPoint point = new EdECPoint(isOdd, new BigInteger(1, reversed));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    /// What belongs to a secret seed. The JDK tells it only when it makes a pair, of which the seed
    /// is the random part.
    static byte[] publicBytes(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            EdECPoint point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
            byte[] y = point.getY().toByteArray();
            byte[] padded = new byte[BYTES];
            int count = Math.min(y.length, BYTES);
            System.arraycopy(y, y.length - count, padded, BYTES - count, count);
            if (point.isXOdd()) {
                padded[0] |= (byte) 0x80;
            }
            return reversed(padded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] answer;

        Fixed(byte[] answer) {
            this.answer = Arrays.copyOf(answer, BYTES);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(answer, 0, bytes, 0, Math.min(bytes.length, BYTES));
        }
    }
}
