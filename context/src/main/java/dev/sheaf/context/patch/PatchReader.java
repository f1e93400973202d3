package dev.sheaf.context.patch;

import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.patch.PatchOperation.Kind;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the operations of a patch from JSON: `{"op": "add", "path": "/a", "value": 1}`, with
/// `type` for `op` where that is written, in any letter case. Members that it does not know are
/// passed over, as RFC 6902 asks. Stateless.
public final class PatchReader {
    /// More operations than this in one event are refused.
    public static final int OPERATIONS_MAX = 1000;

    private PatchReader() {}

    /// @param operations an array of operations
    /// @throws Problem BAD_REQUEST when it is something else, or an operation lacks what it needs;
    ///   TOO_LARGE when there are too many
    public static List<PatchOperation> read(JsonNode operations) {
        if (!operations.isArray()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "operations must be an array of objects, not " + JsonValues.shown(operations));
        }
        if (operations.size() > OPERATIONS_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    operations.size()
                            + " operations are more than the "
                            + OPERATIONS_MAX
                            + " allowed in one event; write several events");
        }
        List<PatchOperation> read = new ArrayList<>(operations.size());
        for (JsonNode operation : operations) {
            read.add(readOne(operation, read.size()));
        }
        return read;
    }

    private static PatchOperation readOne(JsonNode operation, int index) {
        if (!operation.isObject()) {
            throw fault(index, "is " + JsonValues.shown(operation) + "; write an object");
        }
        Kind kind = kind(operation, index);
        JsonNode from = operation.get("from");
        JsonNode value = operation.get("value");
        boolean needsFrom = kind == Kind.MOVE || kind == Kind.COPY;
        boolean needsValue = !needsFrom && kind != Kind.REMOVE;
        if (needsValue && value == null) {
            throw fault(index, "(" + name(kind) + ") lacks the member 'value'");
        }
        return new PatchOperation(
                kind,
                pointer(operation.get("path"), "path", kind, index),
                needsFrom ? Optional.of(pointer(from, "from", kind, index)) : Optional.empty(),
                needsValue ? Optional.ofNullable(value) : Optional.empty());
    }

    private static Kind kind(JsonNode operation, int index) {
        JsonNode op = operation.has("op") ? operation.get("op") : operation.get("type");
        if (op == null || !op.isString()) {
            throw fault(index, "names no operation; write \"op\" with one of " + allowed());
        }
        String name = op.stringValue();
        for (Kind kind : Kind.values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw fault(index, "has the op '" + JsonValues.shown(name) + "'; allowed are " + allowed());
    }

    private static String allowed() {
        return String.join(", ", List.of(Kind.values()).stream().map(PatchReader::name).toList());
    }

    static String name(Kind kind) {
        return switch (kind) {
            case ADD -> "add";
            case REMOVE -> "remove";
            case REPLACE -> "replace";
            case MOVE -> "move";
            case COPY -> "copy";
            case TEST -> "test";
            case INCREMENT -> "increment";
            case APPEND -> "append";
        };
    }

    private static String pointer(@Nullable JsonNode pointer, String member, Kind kind, int index) {
        if (pointer == null || !pointer.isString()) {
            throw fault(
                    index,
                    "("
                            + name(kind)
                            + ") needs the member '"
                            + member
                            + "' with a JSON pointer, as in \"/customer/id\"");
        }
        return pointer.stringValue();
    }

    private static Problem fault(int index, String what) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "operation " + index + " " + what,
                Map.of("operation", index),
                null);
    }
}
