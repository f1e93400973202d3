package dev.sheaf.rego.builtin.web;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A JSON Web Token as it is sent (RFC 7515, 3.1): header, payload and signature in base64.
record TokenText(String header, String payload, String signature) {
    /// @throws BuiltinFault when it has not three parts
    static TokenText parse(String token) {
        if (token.indexOf('.') < 0) {
            throw BuiltinFault.of("encoded JWT had no period separators");
        }
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3) {
            throw BuiltinFault.of("encoded JWT must have 3 sections, found %d", parts.size());
        }
        return new TokenText(parts.get(0), parts.get(1), parts.get(2));
    }

    /// What is signed.
    byte[] signed() {
        return (header + "." + payload).getBytes(StandardCharsets.UTF_8);
    }

    ObjectValue decodedHeader() {
        String text = decoded(header, "JWT header had invalid encoding: ");
        ObjectValue decoded;
        try {
            decoded = parseObject(text);
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of("bad JWT header: " + fault.getMessage());
        }
        if (decoded.get("enc") != null) {
            throw BuiltinFault.of("JWT is a JWE object, which is not supported");
        }
        return decoded;
    }

    String decodedPayload() {
        return decoded(payload, "JWT payload had invalid encoding: ");
    }

    byte[] decodedSignature() {
        return GoBase64.decodeUrl(signature);
    }

    static String decoded(String part, String prefix) {
        try {
            return new String(GoBase64.decodeUrl(part), StandardCharsets.UTF_8);
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of(prefix + fault.getMessage());
        }
    }

    /// Of two fields of one name the last counts.
    static ObjectValue parseObject(String json) {
        Value value;
        try {
            value = parseJson(json);
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of("invalid JSON: " + fault.getMessage());
        }
        if (value instanceof ObjectValue object) {
            return object;
        }
        throw BuiltinFault.of("decoded JSON type was not an Object");
    }

    static Value parseJson(String json) {
        if (json.isBlank()) {
            throw BuiltinFault.of("unexpected end of JSON input");
        }
        try {
            return JsonValues.parse(json);
        } catch (Problem problem) {
            throw BuiltinFault.of(String.valueOf(problem.getMessage()));
        }
    }
}
