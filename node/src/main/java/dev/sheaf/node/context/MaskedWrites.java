package dev.sheaf.node.context;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes of callers who see documents with masks: nobody reads by writing what they may not read,
/// and nobody writes masks over what they stand for. For any thread.
final class MaskedWrites {
    private final ContextService service;
    private final MaskedDocuments documents;

    MaskedWrites(ContextService service, MaskedDocuments documents) {
        this.service = service;
        this.documents = documents;
    }

    /// A whole document would replace what the caller sees masked. Whoever sees nothing may write
    /// one, and everybody where there is none.
    ///
    /// @param onlyNew whether it is written only where there is no document
    /// @throws Problem FORBIDDEN
    static void requireState(Verdict.View view, boolean onlyNew) {
        FieldMasks masks = view.masks();
        if (!masks.isNone() && !masks.isAll() && !onlyNew) {
            throw refused(
                    view,
                    "a whole document would replace them by what you see; write the places that you"
                            + " mean (PATCH), or only where there is no document (If-None-Match:"
                            + " *)");
        }
    }

    /// @throws Problem FORBIDDEN for operations that compare with what is masked, or bring it to
    ///   another place; INVALID_VALUE for what is no pointer
    static void requirePatch(Verdict.View view, List<PatchOperation> operations) {
        FieldMasks masks = view.masks();
        if (masks.isNone()) {
            return;
        }
        for (PatchOperation operation : operations) {
            switch (operation.kind()) {
                case TEST -> requireFree(view, operation.path(), "test");
                case MOVE, COPY -> requireFree(view, operation.from().orElse(""), "read from");
                case ADD, REMOVE, REPLACE, INCREMENT, APPEND -> {
                    if (!masks.isAll() && !masks.shown(operation.path()).equals(operation.path())) {
                        throw refused(
                                view, operation.path() + " is inside one; write that as a whole");
                    }
                }
            }
        }
    }

    /// A merge patch is compared with the document.
    ///
    /// @throws Problem FORBIDDEN when it has anything at a masked place
    static void requireMerge(Verdict.View view, JsonNode patch) {
        if (view.masks().isNone()) {
            return;
        }
        if (!patch.isObject() || view.masks().isAll()) {
            requireState(view, false);
            requireFree(view, "", "compare with");
            return;
        }
        requireMerge(view, new ArrayList<>(), patch);
    }

    private static void requireMerge(Verdict.View view, List<String> way, JsonNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            way.addLast(member.getKey());
            JsonNode value = member.getValue();
            if (value.isObject() && !value.isEmpty() && !isMasked(view, way)) {
                requireMerge(view, way, value);
            } else {
                requireFree(view, JsonPointers.of(way), "compare with");
            }
            way.removeLast();
        }
    }

    private static boolean isMasked(Verdict.View view, List<String> way) {
        String pointer = JsonPointers.of(way);
        return view.masks().isAt(way) || !view.masks().shown(pointer).equals(pointer);
    }

    private static void requireFree(Verdict.View view, String pointer, String what) {
        if (view.masks().touches(pointer)) {
            throw refused(
                    view,
                    "a write may not "
                            + what
                            + (pointer.isEmpty() ? " the whole document" : " " + pointer)
                            + ", which has to do with one");
        }
    }

    private static Problem refused(Verdict.View view, String why) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "you see fields of "
                        + view.type().name()
                        + " with masks ("
                        + String.join(", ", shown(view.masks()))
                        + "): "
                        + why);
    }

    private static List<String> shown(FieldMasks masks) {
        return masks.pointers().stream()
                .map(pointer -> pointer.isEmpty() ? "all of it" : pointer)
                .toList();
    }

    /// The true version for a condition on the version that the caller was told. The condition
    /// holds as long as the document is what it is now.
    ///
    /// @param condition as [WriteHeaders] has it
    /// @throws Problem PRECONDITION_FAILED, FORBIDDEN
    Optional<String> condition(Verdict.View view, DocumentKey key, Optional<String> condition) {
        if (view.masks().isNone() || condition.isEmpty() || condition.get().isEmpty()) {
            return condition;
        }
        if (view.masks().isAll()) {
            throw refused(view, "you know no version, so none can be a condition");
        }
        Read read =
                service.read(
                        new ReadRequest(
                                key,
                                Optional.of(DocumentReads.ANY_STALENESS),
                                Optional.empty(),
                                Duration.ZERO,
                                Optional.empty()));
        return switch (read) {
            case Read.Found found when version(view.masks(), found).equals(condition.get()) ->
                    Optional.of(found.version());
            case Read.Found _, Read.Absent _ ->
                    throw new Problem(
                            ProblemCode.PRECONDITION_FAILED,
                            "the document has another version by now; read it again");
        };
    }

    private String version(FieldMasks masks, Read.Found found) {
        return MaskedDocuments.version(
                masks, documents.document(masks, found.value()), found.version());
    }

    /// Writes; what is wrong with the outcome is not said in words that could quote it.
    static <T> T written(Verdict.View view, Supplier<T> write) {
        if (view.masks().isNone()) {
            return write.get();
        }
        try {
            return write.get();
        } catch (Problem problem) {
            throw told(view, problem);
        }
    }

    /// A refusal as it is told to who sees masks.
    static Problem told(Verdict.View view, Problem problem) {
        boolean quotes =
                problem.code() == ProblemCode.SCHEMA_VIOLATION
                        || problem.code() == ProblemCode.INVALID_VALUE
                        || problem.code() == ProblemCode.CONFLICT;
        return view.masks().isNone() || !quotes
                ? problem
                : new Problem(
                        problem.code(),
                        "the write does not fit "
                                + view.type().name()
                                + "; where and why could quote fields that you see with masks");
    }
}
