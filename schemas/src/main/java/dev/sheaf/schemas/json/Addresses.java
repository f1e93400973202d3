package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// What `$id` and `$ref` say: addresses, relative to each other (RFC 3986), with JSON pointers (RFC
/// 6901) behind the number sign. Names that are no addresses are taken as they are.
final class Addresses {
    private Addresses() {}

    static String resolve(String base, String reference) {
        if (reference.startsWith("#")) {
            return base + (reference.equals("#") ? "" : reference);
        }
        String plain = reference.endsWith("#") ? document(reference) : reference;
        if (base.isEmpty()) {
            return plain;
        }
        try {
            return new URI(base).resolve(new URI(plain)).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return plain;
        }
    }

    static String document(String address) {
        int at = address.indexOf('#');
        return at < 0 ? address : address.substring(0, at);
    }

    static String fragment(String address) {
        int at = address.indexOf('#');
        return at < 0 ? "" : address.substring(at + 1);
    }

    /// What a pointer leads to, a missing node when there is nothing.
    static JsonNode find(JsonNode root, String pointer) {
        JsonNode node = root;
        if (pointer.isEmpty()) {
            return node;
        }
        for (String step : pointer.substring(1).split("/", -1)) {
            String name = decoded(step).replace("~1", "/").replace("~0", "~");
            node = node.isArray() ? element(node, name) : node.path(name);
        }
        return node;
    }

    private static JsonNode element(JsonNode array, String index) {
        return index.matches("\\d{1,9}")
                ? array.path(Integer.parseInt(index))
                : MissingNode.getInstance();
    }

    private static String decoded(String step) {
        try {
            return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return step; // a percent sign that stands for itself
        }
    }
}
