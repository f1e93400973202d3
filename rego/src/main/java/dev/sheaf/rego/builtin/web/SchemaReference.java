package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Where a schema is: a document, and a place in it (RFC 3986, RFC 6901).
///
/// @param document empty for the document that the reference stands in
/// @param fragment a JSON pointer or a name; empty for the whole document
record SchemaReference(String document, String fragment) {
    static final SchemaReference HERE = new SchemaReference("", "");

    static SchemaReference parse(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? new SchemaReference(text, "")
                : new SchemaReference(text.substring(0, hash), text.substring(hash + 1));
    }

    /// What the other means when it stands here.
    SchemaReference resolve(SchemaReference other) {
        if (other.document.isEmpty()) {
            return new SchemaReference(document, other.fragment);
        }
        try {
            URI resolved = new URI(document).resolve(new URI(other.document));
            return new SchemaReference(resolved.toString(), other.fragment);
        } catch (URISyntaxException e) {
            return other;
        }
    }

    boolean isAbsolute() {
        return document.matches("[A-Za-z][A-Za-z0-9+.-]*://.+");
    }

    /// What the fragment points to.
    ///
    /// @throws BuiltinFault when there is nothing
    Value find(Value root) {
        if (fragment.isEmpty()) {
            return root;
        }
        String pointer =
                fragment.indexOf('%') < 0
                        ? fragment
                        : URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!pointer.startsWith("/")) {
            throw BuiltinFault.of("JSON pointer must be empty or start with a \"/\"");
        }
        Value current = root;
        for (String step : pointer.substring(1).split("/", -1)) {
            String key = step.replace("~1", "/").replace("~0", "~");
            current = step(current, key);
        }
        return current;
    }

    private static Value step(Value current, String key) {
        switch (current) {
            case ObjectValue object -> {
                Value value = object.get(key);
                if (value == null) {
                    throw BuiltinFault.of("Object has no key '%s'", key);
                }
                return value;
            }
            case ArrayValue array -> {
                boolean isIndex = key.matches("0|[1-9][0-9]{0,8}");
                if (!isIndex || Integer.parseInt(key) >= array.size()) {
                    throw BuiltinFault.of("Out of bound array[0,%d] index '%s'", array.size(), key);
                }
                return array.get(Integer.parseInt(key));
            }
            default -> throw BuiltinFault.of("Invalid token reference '%s'", key);
        }
    }

    @Override
    public String toString() {
        return fragment.isEmpty() ? document : document + "#" + fragment;
    }
}
