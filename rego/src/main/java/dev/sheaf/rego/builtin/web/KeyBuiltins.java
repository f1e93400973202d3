package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// `crypto.parse_private_keys`, and those of `crypto.x509` that read secret keys.
final class KeyBuiltins {
    private static final String BEGIN = "-----BEGIN";

    private KeyBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("crypto.parse_private_keys", "string -> any", KeyBuiltins::parse),
                Builtin.of(
                        "crypto.x509.parse_rsa_private_key",
                        "string -> any",
                        KeyBuiltins::parseAsWebKey),
                Builtin.of(
                        "crypto.x509.parse_keypair",
                        "string, string -> object",
                        KeyBuiltins::parsePair));
    }

    private static String text(Value value) {
        return ((StringValue) value).value();
    }

    private static Value parse(Value[] arguments, Surroundings surroundings) {
        String text = text(arguments[0]);
        if (text.isEmpty()) {
            return NullValue.NULL;
        }
        List<SecretKey> keys = SecretKeyReading.all(pem(text));
        surroundings.work(keys.size() * 100L);
        return ArrayValue.of(keys.stream().map(SecretKey::json).toList());
    }

    /// Base64 is read where it is such.
    private static String pem(String text) {
        try {
            return new String(GoBase64.decode(text), StandardCharsets.ISO_8859_1);
        } catch (BuiltinFault fault) {
            return text;
        }
    }

    private static Value parseAsWebKey(Value[] arguments, Surroundings surroundings) {
        String text = text(arguments[0]);
        if (text.isEmpty()) {
            throw BuiltinFault.of("input PEM data was empty");
        }
        String pem =
                text.startsWith(BEGIN)
                        ? text
                        : new String(GoBase64.decode(text), StandardCharsets.ISO_8859_1);
        List<SecretKey> keys = SecretKeyReading.all(pem(pem));
        return keys.isEmpty() ? NullValue.NULL : keys.getFirst().webKey();
    }

    private static Value parsePair(Value[] arguments, Surroundings surroundings) {
        List<byte[]> chain = chain(text(arguments[0]));
        SecretKey key = key(text(arguments[1]));
        Certificate leaf = Certificate.parse(chain.getFirst());
        surroundings.work(100);
        if (!isPair(leaf, key)) {
            throw BuiltinFault.of("tls: private key does not match public key");
        }
        List<Value> certificates = new ArrayList<>();
        for (byte[] certificate : chain) {
            certificates.add(StringValue.of(GoBase64.encode(certificate)));
        }
        return new ObjectValue.Builder()
                .put("Certificate", ArrayValue.of(certificates))
                .put("PrivateKey", key.json())
                .put("SupportedSignatureAlgorithms", NullValue.NULL)
                .put("OCSPStaple", NullValue.NULL)
                .put("SignedCertificateTimestamps", NullValue.NULL)
                .put("Leaf", leaf.json().build())
                .build();
    }

    private static boolean isPair(Certificate leaf, SecretKey key) {
        try {
            return leaf.key().key().equals(key.publicKey());
        } catch (GeneralSecurityException e) {
            throw BuiltinFault.of("tls: failed to parse private key: " + e.getMessage());
        }
    }

    /// The certificates in PEM; or in base64 of PEM, or of one in DER.
    private static List<byte[]> chain(String text) {
        List<byte[]> chain = new ArrayList<>();
        String rest = text;
        if (!text.startsWith(BEGIN + " ")) {
            byte[] bytes = GoBase64.decode(text);
            rest = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!rest.startsWith(BEGIN + " ")) {
                return List.of(bytes);
            }
        }
        for (PemBlock block = PemBlock.find(rest); block != null; block = PemBlock.find(rest)) {
            rest = block.rest();
            if (block.type().equals("CERTIFICATE")) {
                chain.add(block.bytes());
            }
        }
        if (chain.isEmpty()) {
            throw BuiltinFault.of("tls: failed to find any PEM data in certificate input");
        }
        return chain;
    }

    private static SecretKey key(String text) {
        String rest = text;
        if (!text.startsWith(BEGIN + " ")) {
            byte[] bytes = GoBase64.decode(text);
            rest = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!rest.startsWith(BEGIN)) {
                return anyForm(bytes);
            }
        }
        for (PemBlock block = PemBlock.find(rest); block != null; block = PemBlock.find(rest)) {
            rest = block.rest();
            if (block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY")) {
                return anyForm(block.bytes());
            }
        }
        throw BuiltinFault.of("tls: failed to find any PEM data in key input");
    }

    /// PEM's types are not to be relied on: each form is tried.
    private static SecretKey anyForm(byte[] bytes) {
        List<Supplier<SecretKey>> forms =
                List.of(
                        () -> SecretKeyReading.rsa(bytes),
                        () -> SecretKeyReading.any(bytes),
                        () -> SecretKeyReading.elliptic(bytes, null));
        List<String> reasons = new ArrayList<>();
        for (Supplier<SecretKey> form : forms) {
            try {
                return form.get();
            } catch (BuiltinFault fault) {
                reasons.add(String.valueOf(fault.getMessage()));
            }
        }
        throw BuiltinFault.of(
                "tls: failed to parse private key (" + String.join("; ", reasons) + ")");
    }
}
