package dev.sheaf.context.document;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/// Roughly how many bytes of heap JSON takes.
final class Weight {
    private static final int SCALAR_BYTES = 16;
    private static final int STRING_BYTES = 56;
    private static final int MEMBER_BYTES = 40;
    private static final int CONTAINER_BYTES = 64;

    private Weight() {}

    static long of(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                long bytes = CONTAINER_BYTES;
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    bytes += MEMBER_BYTES + member.getKey().length() + of(member.getValue());
                }
                yield bytes;
            }
            case ArrayNode array -> {
                long bytes = CONTAINER_BYTES;
                for (JsonNode element : array) {
                    bytes += Integer.BYTES + of(element);
                }
                yield bytes;
            }
            default ->
                    value.isString() ? STRING_BYTES + value.stringValue().length() : SCALAR_BYTES;
        };
    }
}
