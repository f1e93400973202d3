package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A key that may have signed a token.
///
/// @param id empty when it has none
/// @param algorithm the only one it is for; empty when that is not said
record VerificationKey(String id, String algorithm, KeyMaterial material) {
    /// Keys that were read, kept by their text.
    record Set(List<VerificationKey> keys) {
        private static Set parse(String text) {
            PemBlock block = PemBlock.find(text);
            return new Set(block == null ? webKeys(text) : List.of(fromPem(block)));
        }
    }

    /// @param text a certificate or public key in PEM, or a JSON Web Key or a set of such (RFC
    ///   7517); keys for algorithms that are not known are left out
    /// @throws BuiltinFault when it is none of these
    static List<VerificationKey> parseAll(String text, Surroundings surroundings) {
        return surroundings.expressions().kept(Set.class, text, Set::parse).keys;
    }

    private static VerificationKey fromPem(PemBlock block) {
        if (!block.rest().isEmpty()) {
            throw BuiltinFault.of("extra data after a PEM certificate block");
        }
        return switch (block.type()) {
            case "CERTIFICATE" ->
                    named(
                            "failed to parse a PEM certificate: ",
                            () -> Certificate.parse(block.bytes()).key());
            case "PUBLIC KEY" ->
                    named(
                            "failed to parse a PEM public key: ",
                            () -> SubjectKey.parse(Der.only(block.bytes(), Der.SEQUENCE)));
            default -> throw BuiltinFault.of("failed to extract a Key from the PEM certificate");
        };
    }

    private interface Reading {
        SubjectKey read();
    }

    private static VerificationKey named(String prefix, Reading reading) {
        try {
            return new VerificationKey("", "", new KeyMaterial.Public(reading.read().key()));
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of(prefix + fault.getMessage());
        }
    }

    private static List<VerificationKey> webKeys(String text) {
        try {
            List<VerificationKey> known = new ArrayList<>();
            for (VerificationKey key : parseWebKeys(TokenText.parseJson(text))) {
                if (key.algorithm.isEmpty() || Signatures.has(key.algorithm)) {
                    known.add(key);
                }
            }
            return known;
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of("failed to parse a JWK key (set): " + fault.getMessage());
        }
    }

    /// @param json a JSON Web Key or a set of such
    /// @throws BuiltinFault when it is none
    static List<VerificationKey> parseWebKeys(Value json) {
        if (!(json instanceof ObjectValue object)) {
            throw BuiltinFault.of("a JWK is a JSON object, this is %s", json.typeName());
        }
        Value keys = object.get("keys");
        if (keys == null) {
            return List.of(webKey(object));
        }
        if (!(keys instanceof ArrayValue array)) {
            throw BuiltinFault.of("field \"keys\" is an array, this is %s", keys.typeName());
        }
        List<VerificationKey> all = new ArrayList<>();
        for (Value item : array.items()) {
            if (!(item instanceof ObjectValue key)) {
                throw BuiltinFault.of("a JWK is a JSON object, this is %s", item.typeName());
            }
            all.add(webKey(key));
        }
        return all;
    }

    private static VerificationKey webKey(ObjectValue key) {
        return new VerificationKey(
                WebKeyFields.text(key, "kid", ""),
                WebKeyFields.text(key, "alg", ""),
                KeyMaterial.parse(key));
    }

    /// The one that a token names; null when there is none of that name, or no name.
    static @Nullable VerificationKey named(String id, List<VerificationKey> keys) {
        if (id.isEmpty()) {
            return null;
        }
        for (VerificationKey key : keys) {
            if (key.id.equals(id)) {
                return key;
            }
        }
        return null;
    }
}
