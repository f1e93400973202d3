package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.math.BigInteger;

/// Reads the fields of a JSON Web Key (RFC 7518, 6).
final class WebKeyFields {
    private WebKeyFields() {}

    /// @param absent what stands for a field that is not there
    static String text(ObjectValue key, String field, String absent) {
        Value value = key.get(field);
        if (value == null) {
            return absent;
        }
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw BuiltinFault.of("field \"%s\" is a string, this is %s", field, value.typeName());
    }

    static String required(ObjectValue key, String field) {
        String text = text(key, field, "");
        if (text.isEmpty()) {
            throw BuiltinFault.of("required field \"%s\" is missing", field);
        }
        return text;
    }

    static byte[] bytes(ObjectValue key, String field) {
        String text = required(key, field).replace('+', '-').replace('/', '_');
        try {
            return GoBase64.decodeUrl(text);
        } catch (BuiltinFault fault) {
            throw BuiltinFault.of("field \"%s\": %s", field, fault.getMessage());
        }
    }

    static BigInteger number(ObjectValue key, String field) {
        return new BigInteger(1, bytes(key, field));
    }

    static boolean has(ObjectValue key, String field) {
        return key.get(field) != null;
    }
}
