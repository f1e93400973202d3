package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What `io.jwt.decode_verify` demands of a token.
///
/// @param keys of which one must have signed it
/// @param isKeySet whether the keys came from `cert`
/// @param algorithm empty for any
/// @param issuer empty for any
/// @param audience must be among the token's; empty when the token may have none only
/// @param timeNanos since 1970
record TokenConstraints(
        List<VerificationKey> keys,
        boolean isKeySet,
        String algorithm,
        String issuer,
        String audience,
        double timeNanos) {
    private static final double NANOS = 1e9;

    /// @throws BuiltinFault when a constraint is not known or of the wrong type, or there is not
    ///   one way to check the signature
    static TokenConstraints parse(ObjectValue object, Surroundings surroundings) {
        List<VerificationKey> keys = List.of();
        boolean isKeySet = false;
        String secret = "";
        String algorithm = "";
        String issuer = "";
        String audience = "";
        double time = -1;
        for (int i = 0; i < object.size(); i++) {
            Value value = object.value(i);
            String name = object.key(i) instanceof StringValue text ? text.value() : "";
            switch (name) {
                case "cert" -> {
                    keys = VerificationKey.parseAll(text(name, value), surroundings);
                    isKeySet = true;
                }
                case "secret" -> secret = text(name, value);
                case "alg" -> algorithm = text(name, value);
                case "iss" -> issuer = text(name, value);
                case "aud" -> audience = text(name, value);
                case "time" -> time = time(value);
                default ->
                        throw BuiltinFault.of(
                                "unknown token validation constraint: %s",
                                name.isEmpty() ? object.key(i) : name);
            }
        }
        if (isKeySet && !secret.isEmpty()) {
            throw BuiltinFault.of("duplicate key constraints");
        }
        if (!isKeySet && secret.isEmpty()) {
            throw BuiltinFault.of("no key constraint");
        }
        if (!isKeySet) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            keys = List.of(new VerificationKey("", "", new KeyMaterial.Shared(bytes)));
        }
        return new TokenConstraints(
                keys,
                isKeySet,
                algorithm,
                issuer,
                audience,
                time < 0 ? surroundings.nowNanos() : time);
    }

    private static String text(String name, Value value) {
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw BuiltinFault.of("%s constraint: must be a string", name);
    }

    private static double time(Value value) {
        if (!(value instanceof NumberValue number)) {
            throw BuiltinFault.of("token time constraint: must be a number");
        }
        double time = number.doubleValue();
        if (time < 0) {
            throw BuiltinFault.of("token time constraint: must not be negative");
        }
        return time;
    }

    /// Whether a key that it names, or else any that is for its algorithm, signed it.
    boolean isSigned(TokenHeader header, TokenText token, byte[] signature) {
        if (!Signatures.has(header.algorithm())) {
            return false;
        }
        Signatures by = Signatures.valueOf(header.algorithm());
        byte[] signed = token.signed();
        VerificationKey named = isKeySet ? VerificationKey.named(header.keyId(), keys) : null;
        if (named != null) {
            return named.material().verify(by, signed, signature);
        }
        for (VerificationKey key : keys) {
            boolean isFor = key.algorithm().isEmpty() || key.algorithm().equals(header.algorithm());
            if (isFor && key.material().verify(by, signed, signature)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the registered claims (RFC 7519, 4.1) are as demanded.
    boolean allows(ObjectValue payload) {
        return isIssuer(payload.get("iss"))
                && isAudience(payload.get("aud"))
                && isBefore(payload.get("exp"))
                && !isEarly(payload.get("nbf"));
    }

    private boolean isIssuer(@Nullable Value claim) {
        return issuer.isEmpty() || claim instanceof StringValue text && text.value().equals(issuer);
    }

    private boolean isAudience(@Nullable Value claim) {
        return switch (claim) {
            case null -> audience.isEmpty();
            case StringValue text -> text.value().equals(audience);
            case ArrayValue list -> list.items().contains(StringValue.of(audience));
            default -> false;
        };
    }

    private boolean isBefore(@Nullable Value expiry) {
        return expiry == null || seconds().compareTo(number("exp", expiry)) < 0;
    }

    private boolean isEarly(@Nullable Value notBefore) {
        return notBefore != null && seconds().compareTo(number("nbf", notBefore)) < 0;
    }

    private static NumberValue number(String claim, Value value) {
        if (value instanceof NumberValue number) {
            return number;
        }
        throw BuiltinFault.of("%s value must be a number", claim);
    }

    /// The shortest decimal that stands for the floating-point time, as OPA compares it.
    private NumberValue seconds() {
        return NumberValue.of(new BigDecimal(Double.toString(timeNanos / NANOS)));
    }
}
