package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// `io.jwt.encode_sign*`: makes signed tokens (RFC 7515, 5.1). Where a signature is random, one
/// evaluation makes it once for the same arguments.
final class TokenSigningBuiltins {
    private static final int SIGNATURE_STEPS = 1_000;

    private TokenSigningBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of(
                        "io.jwt.encode_sign",
                        "object, object, object -> string",
                        (arguments, surroundings) ->
                                sign(
                                        JsonValues.text(arguments[0]),
                                        JsonValues.text(arguments[1]),
                                        arguments[2],
                                        surroundings)),
                Builtin.of(
                        "io.jwt.encode_sign_raw",
                        "string, string, string -> string",
                        (arguments, surroundings) ->
                                sign(
                                        ((StringValue) arguments[0]).value(),
                                        ((StringValue) arguments[1]).value(),
                                        TokenText.parseJson(((StringValue) arguments[2]).value()),
                                        surroundings)));
    }

    private static Value sign(
            String header, String payload, Value webKey, Surroundings surroundings) {
        List<VerificationKey> keys = VerificationKey.parseWebKeys(webKey);
        if (keys.isEmpty()) {
            throw BuiltinFault.of("no keys found in JWK set");
        }
        Value fields = header(header);
        String name = algorithm(fields);
        if (!Signatures.has(name)) {
            throw BuiltinFault.of("unknown JWS algorithm: " + name);
        }
        boolean isToken =
                !(fields instanceof ObjectValue object
                                && object.get("typ") instanceof StringValue type)
                        || type.value().equals("JWT");
        if (isToken && !isJson(payload)) {
            throw BuiltinFault.of("type is JWT but payload is not JSON");
        }
        surroundings.work(SIGNATURE_STEPS);
        String signed = encoded(header) + "." + encoded(payload);
        return surroundings.remembered(
                List.of("io.jwt.encode_sign", ArrayValue.of(StringValue.of(signed), webKey)),
                () -> {
                    byte[] signature =
                            keys.getFirst()
                                    .material()
                                    .sign(
                                            Signatures.valueOf(name),
                                            signed.getBytes(StandardCharsets.UTF_8));
                    return StringValue.of(signed + "." + GoBase64.encodeUrl(signature));
                });
    }

    private static String encoded(String text) {
        return GoBase64.encodeUrl(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isJson(String text) {
        try {
            TokenText.parseJson(text);
            return true;
        } catch (BuiltinFault fault) {
            return false;
        }
    }

    private static Value header(String text) {
        String prefix = "missing or invalid 'alg' header: cannot parse JSON: ";
        if (text.isBlank()) {
            throw BuiltinFault.of(prefix + "cannot parse empty string");
        }
        if (text.strip().chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0)) {
            // OPA takes it for a number before it looks closer.
            return ObjectValue.EMPTY;
        }
        try {
            return TokenText.parseJson(text);
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of(prefix + fault.getMessage());
        }
    }

    private static String algorithm(Value header) {
        String prefix = "missing or invalid 'alg' header: jwsbb: header \"alg\" ";
        Value value = header instanceof ObjectValue object ? object.get("alg") : null;
        return switch (value) {
            case null -> throw BuiltinFault.of(prefix + "not found");
            case StringValue text -> text.value();
            default -> throw BuiltinFault.of(prefix + "is not a string");
        };
    }
}
