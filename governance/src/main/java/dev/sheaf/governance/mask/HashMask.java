package dev.sheaf.governance.mask;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Replaces a value by a keyed hash: equal values get equal hashes within one scope, and without
/// the key nobody can try out values. There is no way back. For any thread.
///
/// HMAC-SHA-256 over the length of the scope, the scope and the value, cut and in hexadecimal.
///
/// Source: RFC 2104.
public final class HashMask {
    public static final int KEY_BYTES_MIN = 32;
    private static final int DIGITS_MIN = 16;
    private static final int DIGITS_MAX = 64;

    private final SecretKeySpec key;
    private final byte[] head;
    private final int digits;

    /// @param key at least 32 bytes
    /// @param scope of equal hashes, for instance the name of a column
    /// @param digits hexadecimal, an even number from 16 to 64; with 16, one in two billion values
    ///   is expected to meet another in a column of 10^10
    /// @throws Problem INVALID_VALUE when one of these does not hold
    public HashMask(byte[] key, String scope, int digits) {
        if (key.length < KEY_BYTES_MIN) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "the key of a hash mask has " + key.length + " bytes; needed are 32 or more");
        }
        if (digits < DIGITS_MIN || digits > DIGITS_MAX || digits % 2 != 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    digits + " digits of a hash; allowed are even numbers from 16 to 64");
        }
        byte[] named = scope.getBytes(StandardCharsets.UTF_8);
        this.head =
                ByteBuffer.allocate(Integer.BYTES + named.length)
                        .putInt(named.length)
                        .put(named)
                        .array();
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.digits = digits;
    }

    public String mask(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(head);
            byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, digits / 2);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
