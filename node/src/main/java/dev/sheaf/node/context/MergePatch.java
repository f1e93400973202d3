package dev.sheaf.node.context;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.context.runtime.WriteReceipt;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merge patches (RFC 7396), compared with the document as it is here and written as operations on
/// what differs, under the condition that it is still as it was.
final class MergePatch {
    private static final int TRIES_MAX = 5;

    private final ContextService service;

    MergePatch(ContextService service) {
        this.service = service;
    }

    /// @throws Problem CONFLICT when the document changes faster than it can be patched
    WriteReceipt write(WriteHeaders headers, DocumentKey key, JsonNode patch) {
        for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
            Read before =
                    service.read(
                            new ReadRequest(
                                    key,
                                    Optional.of(DocumentReads.ANY_STALENESS),
                                    Optional.empty(),
                                    Duration.ZERO,
                                    headers.schemaVersion()));
            try {
                return switch (before) {
                    case Read.Found found ->
                            service.write(
                                    headers.request(
                                            key,
                                            change(found.value(), patch),
                                            headers.ifMatch()
                                                    .or(() -> Optional.of(found.version()))));
                    case Read.Absent _ ->
                            service.write(
                                    headers.request(
                                            key,
                                            new Change.State(withoutNulls(patch)),
                                            headers.ifMatch().or(() -> Optional.of(""))));
                };
            } catch (Problem moved) {
                boolean again =
                        headers.ifMatch().isEmpty()
                                && (moved.code() == ProblemCode.PRECONDITION_FAILED
                                        || moved.code() == ProblemCode.CONFLICT);
                if (!again) {
                    throw moved;
                }
            }
        }
        throw new Problem(
                ProblemCode.CONFLICT,
                "the document changes faster than a merge patch can be compared with it; send"
                        + " application/json-patch+json, which needs no comparison");
    }

    private static Change change(JsonNode document, JsonNode patch) {
        if (!patch.isObject() || !document.isObject()) {
            return new Change.State(withoutNulls(patch));
        }
        List<PatchOperation> operations = new ArrayList<>();
        compare(document, patch, "", operations);
        return new Change.Patch(operations);
    }

    private static void compare(
            JsonNode target, JsonNode patch, String at, List<PatchOperation> operations) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String pointer = JsonPointers.append(at, member.getKey());
            JsonNode wanted = member.getValue();
            Optional<JsonNode> there = Optional.ofNullable(target.get(member.getKey()));
            if (wanted.isNull()) {
                if (there.isPresent()) {
                    operations.add(
                            new PatchOperation(
                                    PatchOperation.Kind.REMOVE,
                                    pointer,
                                    Optional.empty(),
                                    Optional.empty()));
                }
            } else if (wanted.isObject() && there.map(JsonNode::isObject).orElse(false)) {
                compare(there.get(), wanted, pointer, operations);
            } else if (!there.map(value -> JsonValues.equal(value, wanted)).orElse(false)) {
                operations.add(
                        new PatchOperation(
                                PatchOperation.Kind.ADD,
                                pointer,
                                Optional.empty(),
                                Optional.of(withoutNulls(wanted))));
            }
        }
    }

    /// What a patch makes of nothing: members that are null are not there.
    private static JsonNode withoutNulls(JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (!member.getValue().isNull()) {
                made.set(member.getKey(), withoutNulls(member.getValue()));
            }
        }
        return made;
    }
}
