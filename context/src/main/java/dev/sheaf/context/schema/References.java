package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.NearMiss;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where `$ref` leads: to the root, to a place by pointer, or to an anchor, of the same schema.
final class References {
    private static final int DEPTH_MAX = 500;

    private final JsonNode root;
    private final Faults faults;
    private final Map<String, Target> anchors = new HashMap<>();

    record Target(String pointer, JsonNode node) {}

    References(JsonNode root, Faults faults) {
        this.root = root;
        this.faults = faults;
        collect("", root, 0);
    }

    JsonNode root() {
        return root;
    }

    private void collect(String pointer, JsonNode node, int depth) {
        if (depth > DEPTH_MAX) {
            return;
        }
        if (node.path("$anchor").isString()) {
            anchors.put(node.path("$anchor").stringValue(), new Target(pointer, node));
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            collect(
                                    JsonPointers.append(pointer, member.getKey()),
                                    member.getValue(),
                                    depth + 1));
        } else if (node.isArray()) {
            int index = 0;
            for (JsonNode element : node) {
                collect(JsonPointers.append(pointer, Integer.toString(index)), element, depth + 1);
                index++;
            }
        }
    }

    Optional<Target> resolve(String at, String reference) {
        if (!reference.startsWith("#")) {
            faults.add(
                    at,
                    "is '"
                            + JsonValues.shown(reference)
                            + "'; references lead to places in the same schema: copy it under"
                            + " $defs and write #/$defs/NAME");
            return Optional.empty();
        }
        String fragment = decoded(reference.substring(1));
        Optional<Target> target =
                fragment.isEmpty() || fragment.startsWith("/")
                        ? follow(fragment)
                        : Optional.ofNullable(anchors.get(fragment));
        if (target.isEmpty()) {
            List<String> known =
                    root.path("$defs").propertyNames().stream()
                            .map(name -> "#/$defs/" + name)
                            .toList();
            faults.add(
                    at,
                    "is '"
                            + JsonValues.shown(reference)
                            + "', which leads nowhere in this schema"
                            + NearMiss.hint(reference, known));
        }
        return target;
    }

    private Optional<Target> follow(String pointer) {
        JsonNode node = root;
        try {
            for (String step : JsonPointers.parse(pointer)) {
                boolean index = node.isArray() && step.matches("0|[1-9]\\d{0,8}");
                node = index ? node.path(Integer.parseInt(step)) : node.path(step);
            }
        } catch (Problem malformed) {
            return Optional.empty();
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(new Target(pointer, node));
    }

    /// Percent-decoding of a fragment; what is no escape stands for itself.
    private static String decoded(String fragment) {
        if (fragment.indexOf('%') < 0) {
            return fragment;
        }
        byte[] bytes = fragment.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int index = 0; index < bytes.length; index++) {
            int high = index + 2 < bytes.length ? Character.digit(bytes[index + 1], 16) : -1;
            int low = index + 2 < bytes.length ? Character.digit(bytes[index + 2], 16) : -1;
            if (bytes[index] == '%' && high >= 0 && low >= 0) {
                decoded[length++] = (byte) (high * 16 + low);
                index += 2;
            } else {
                decoded[length++] = bytes[index];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
