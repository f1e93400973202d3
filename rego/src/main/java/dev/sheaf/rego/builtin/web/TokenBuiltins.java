package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// `io.jwt.*` that read and check JSON Web Tokens (RFC 7519).
final class TokenBuiltins {
    private static final ArrayValue NOT_VERIFIED =
            ArrayValue.of(BooleanValue.FALSE, ObjectValue.EMPTY, ObjectValue.EMPTY);

    /// About what checking a signature costs.
    private static final int SIGNATURE_STEPS = 100;

    private TokenBuiltins() {}

    static List<Builtin> all() {
        List<Builtin> all = new ArrayList<>();
        all.add(Builtin.of("io.jwt.decode", "string -> array", TokenBuiltins::decode));
        all.add(
                Builtin.of(
                        "io.jwt.decode_verify",
                        "string, object -> array",
                        TokenBuiltins::decodeAndVerify));
        for (Signatures algorithm : Signatures.values()) {
            String name = "io.jwt.verify_" + algorithm.name().toLowerCase(Locale.ROOT);
            all.add(
                    Builtin.of(
                            name,
                            "string, string -> boolean",
                            (arguments, surroundings) ->
                                    BooleanValue.of(
                                            algorithm.isHmac()
                                                    ? isMac(algorithm, arguments, surroundings)
                                                    : isSigned(
                                                            algorithm, arguments, surroundings))));
        }
        return all;
    }

    private static String text(Value value) {
        return ((StringValue) value).value();
    }

    private static Value decode(Value[] arguments, Surroundings surroundings) {
        TokenText token = TokenText.parse(text(arguments[0]));
        while (true) {
            surroundings.work(1);
            ObjectValue header = token.decodedHeader();
            String payload = token.decodedPayload();
            if (header.get("cty") instanceof StringValue type && type.value().equals("JWT")) {
                token = TokenText.parse(unquoted(payload));
                continue;
            }
            ObjectValue claims = TokenText.parseObject(payload);
            byte[] signature;
            try {
                signature = token.decodedSignature();
            } catch (BuiltinFault fault) {
                throw BuiltinFault.of("JWT signature had invalid encoding: " + fault.getMessage());
            }
            return ArrayValue.of(
                    header, claims, StringValue.of(HexFormat.of().formatHex(signature)));
        }
    }

    /// A token in a token may stand in quotes.
    private static String unquoted(String payload) {
        int start = 0;
        int end = payload.length();
        while (start < end && "\"'".indexOf(payload.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "\"'".indexOf(payload.charAt(end - 1)) >= 0) {
            end--;
        }
        return payload.substring(start, end);
    }

    private static boolean isMac(
            Signatures algorithm, Value[] arguments, Surroundings surroundings) {
        TokenText token = TokenText.parse(text(arguments[0]));
        surroundings.work(SIGNATURE_STEPS);
        byte[] secret = text(arguments[1]).getBytes(StandardCharsets.UTF_8);
        return algorithm.isMac(secret, token.signed(), token.decodedSignature());
    }

    private static boolean isSigned(
            Signatures algorithm, Value[] arguments, Surroundings surroundings) {
        TokenText token = TokenText.parse(text(arguments[0]));
        List<VerificationKey> keys = VerificationKey.parseAll(text(arguments[1]), surroundings);
        byte[] signature = token.decodedSignature();
        TokenHeader header = TokenHeader.parse(token.decodedHeader());
        byte[] signed = token.signed();
        VerificationKey named = VerificationKey.named(header.keyId(), keys);
        if (named != null) {
            surroundings.work(SIGNATURE_STEPS);
            return isSigned(algorithm, named, signed, signature);
        }
        for (VerificationKey key : keys) {
            boolean isFor = key.algorithm().isEmpty() || key.algorithm().equals(header.algorithm());
            if (isFor) {
                surroundings.work(SIGNATURE_STEPS);
                if (isSigned(algorithm, key, signed, signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSigned(
            Signatures algorithm, VerificationKey key, byte[] signed, byte[] signature) {
        return key.material() instanceof KeyMaterial.Public material
                && material.verify(algorithm, signed, signature);
    }

    private static Value decodeAndVerify(Value[] arguments, Surroundings surroundings) {
        TokenConstraints constraints =
                TokenConstraints.parse((ObjectValue) arguments[1], surroundings);
        String text = text(arguments[0]);
        while (true) {
            surroundings.work(SIGNATURE_STEPS * (1L + constraints.keys().size()));
            TokenText token = TokenText.parse(text);
            ObjectValue fields = token.decodedHeader();
            TokenHeader header = TokenHeader.parse(fields);
            boolean isOther =
                    !constraints.algorithm().isEmpty()
                            && !constraints.algorithm().equals(header.algorithm());
            if (!header.isValid() || isOther) {
                return NOT_VERIFIED;
            }
            if (!constraints.isSigned(header, token, token.decodedSignature())) {
                return NOT_VERIFIED;
            }
            text = token.decodedPayload();
            if (!header.isNested()) {
                ObjectValue claims = TokenText.parseObject(text);
                return constraints.allows(claims)
                        ? ArrayValue.of(BooleanValue.TRUE, fields, claims)
                        : NOT_VERIFIED;
            }
        }
    }
}
