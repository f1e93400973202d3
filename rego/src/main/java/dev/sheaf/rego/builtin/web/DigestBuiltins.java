package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// `crypto.md5` and the like, and `crypto.hmac.*` (RFC 2104). Results are in small hexadecimal
/// digits.
final class DigestBuiltins {
    private DigestBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                digest("crypto.md5", "MD5"),
                digest("crypto.sha1", "SHA-1"),
                digest("crypto.sha256", "SHA-256"),
                hmac("crypto.hmac.md5", "HmacMD5"),
                hmac("crypto.hmac.sha1", "HmacSHA1"),
                hmac("crypto.hmac.sha256", "HmacSHA256"),
                hmac("crypto.hmac.sha512", "HmacSHA512"),
                Builtin.of(
                        "crypto.hmac.equal",
                        "string, string -> boolean",
                        (arguments, surroundings) ->
                                BooleanValue.of(
                                        MessageDigest.isEqual(
                                                bytes(arguments[0]), bytes(arguments[1])))));
    }

    private static Builtin digest(String name, String algorithm) {
        return Builtin.of(
                name,
                "string -> string",
                (arguments, surroundings) -> {
                    byte[] text = bytes(arguments[0]);
                    surroundings.work(text.length >> 8);
                    return hex(digest(algorithm, text));
                });
    }

    private static Builtin hmac(String name, String algorithm) {
        return Builtin.of(
                name,
                "string, string -> string",
                (arguments, surroundings) -> {
                    byte[] text = bytes(arguments[0]);
                    surroundings.work(text.length >> 8);
                    return hex(hmac(algorithm, bytes(arguments[1]), text));
                });
    }

    private static byte[] bytes(Value value) {
        return ((StringValue) value).value().getBytes(StandardCharsets.UTF_8);
    }

    private static StringValue hex(byte[] bytes) {
        return StringValue.of(HexFormat.of().formatHex(bytes));
    }

    static byte[] digest(String algorithm, byte[] text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // An empty key is allowed, and means one of zeros; the JDK wants a byte to see.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
