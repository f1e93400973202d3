package dev.sheaf.rego.bundle;

import dev.sheaf.kernel.Problem;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A signed token in its compact form, taken apart; nothing of it is verified by that.
///
/// Source: RFC 7515, section 7.1.
///
/// @param signed what the signature is of
record Token(ObjectValue header, ObjectValue payload, String signed, String signature) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /// @throws Problem UNAUTHENTICATED when it is none
    static Token parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw malformed("it has " + parts.length + " parts; a token has three");
        }
        return new Token(object(parts[0]), object(parts[1]), parts[0] + "." + parts[1], parts[2]);
    }

    private static ObjectValue object(String part) {
        try {
            String json = new String(decoded(part), StandardCharsets.UTF_8);
            if (JsonValues.parse(json) instanceof ObjectValue object) {
                return object;
            }
        } catch (Problem notJson) {
            throw malformed(notJson.message());
        }
        throw malformed("its parts are no JSON objects");
    }

    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw malformed("its parts are no base64url");
        }
    }

    private static Problem malformed(String message) {
        return Faults.untrusted("malformed", "the token cannot be read: " + message);
    }

    static String part(ObjectValue object) {
        return ENCODER.encodeToString(utf8(JsonValues.text(object)));
    }

    static String part(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] signatureBytes() {
        return decoded(signature);
    }

    /// A text of the object, or an empty one.
    static String text(ObjectValue object, String field) {
        return object.get(field) instanceof StringValue value ? value.value() : "";
    }
}
