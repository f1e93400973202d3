package dev.sheaf.context.runtime;

import dev.sheaf.context.Op;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// About how many bytes an operation takes.
final class EventSize {
    private static final int OP_BYTES = 24;
    private static final int SCALAR_BYTES = 8;

    private EventSize() {}

    static int of(Op op) {
        int size = OP_BYTES + 12 * op.path().size();
        return switch (op) {
            case Op.Assign assign -> size + of(assign.value());
            case Op.Include include -> size + of(include.values());
            case Op.Exclude exclude -> size + of(exclude.values());
            case Op.Insert insert -> size + of(insert.values());
            case Op.Delete delete -> size + SCALAR_BYTES * delete.runs().size();
            case Op.Remove remove -> size;
            case Op.Increment increment -> size + SCALAR_BYTES;
            case Op.Move move -> size + SCALAR_BYTES;
            case Op.Erase erase -> size;
            case Op.EraseSubject erase -> size + erase.subject().length();
        };
    }

    private static int of(List<JsonNode> values) {
        int size = 0;
        for (JsonNode value : values) {
            size += of(value);
        }
        return size;
    }

    private static int of(JsonNode value) {
        if (value.isString()) {
            return value.stringValue().length();
        }
        int size = SCALAR_BYTES;
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            size += member.getKey().length() + of(member.getValue());
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                size += of(element);
            }
        }
        return size;
    }
}
