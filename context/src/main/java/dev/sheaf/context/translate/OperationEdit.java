package dev.sheaf.context.translate;

import dev.sheaf.context.json.JsonPointers;
import dev.sheaf.context.json.JsonValues;
import dev.sheaf.context.json.PlacePattern;
import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/// Applies a step to a patch operation: to its pointers, and to its value. Exact or not at all.
final class OperationEdit {
    private final TranslationStep step;
    private final List<String> place;

    OperationEdit(TranslationStep step) {
        this.step = step;
        this.place = step.path().steps();
    }

    /// @return nothing when the operation is about a place that the other version does not have
    ///   because a step removes it
    Optional<PatchOperation> apply(PatchOperation operation) {
        return switch (operation.kind()) {
            case MOVE, COPY -> Optional.of(relocated(operation));
            case ADD, REPLACE, TEST, REMOVE, INCREMENT, APPEND -> written(operation);
        };
    }

    private Optional<PatchOperation> written(PatchOperation operation) {
        List<String> path = JsonPointers.parse(operation.path());
        if (path.size() < place.size()) {
            return Optional.of(
                    step.path().agrees(path, path.size()) ? above(operation, path) : operation);
        }
        refuseNewName(operation, path);
        if (!step.path().agrees(path, place.size())) {
            return Optional.of(operation);
        }
        boolean at = path.size() == place.size();
        return switch (step) {
            case TranslationStep.Rename renamed ->
                    Optional.of(
                            new PatchOperation(
                                    operation.kind(),
                                    renamedPath(path, renamed),
                                    operation.from(),
                                    operation.value()));
            case TranslationStep.Default ignored -> Optional.of(operation);
            case TranslationStep.Remove ignored -> removed(operation);
            case TranslationStep.ValueStep change -> {
                if (!at) {
                    throw inexact(
                            operation, "it writes below a value that is translated as a whole");
                }
                yield Optional.of(changed(operation, change));
            }
        };
    }

    /// The place is inside the operation's value, if it has one.
    private PatchOperation above(PatchOperation operation, List<String> path) {
        boolean tested = operation.kind() == PatchOperation.Kind.TEST;
        if (tested
                && (step instanceof TranslationStep.Default
                        || step instanceof TranslationStep.Remove)) {
            throw inexact(operation, "it tests a whole of which its version does not know a part");
        }
        return switch (operation.kind()) {
            case ADD, REPLACE, TEST -> withValue(operation, path.size());
            case APPEND -> appended(operation, path);
            case REMOVE, INCREMENT, MOVE, COPY -> operation;
        };
    }

    private PatchOperation withValue(PatchOperation operation, int stepsAbove) {
        return new PatchOperation(
                operation.kind(),
                operation.path(),
                operation.from(),
                operation.value().map(value -> new DocumentEdit(step).apply(value, stepsAbove)));
    }

    /// The value becomes an element of the list at the path.
    private PatchOperation appended(PatchOperation operation, List<String> path) {
        boolean inside =
                path.size() + 1 < place.size() && place.get(path.size()).equals(PlacePattern.ANY);
        if (inside) {
            return withValue(operation, path.size() + 1);
        }
        boolean element =
                path.size() + 1 == place.size() && place.getLast().equals(PlacePattern.ANY);
        return element && step instanceof TranslationStep.ValueStep change
                ? new PatchOperation(
                        operation.kind(),
                        operation.path(),
                        operation.from(),
                        operation
                                .value()
                                .flatMap(value -> Optional.ofNullable(change.translate(value))))
                : operation;
    }

    private PatchOperation changed(PatchOperation operation, TranslationStep.ValueStep change) {
        return switch (operation.kind()) {
            case REMOVE -> operation;
            case ADD, REPLACE, TEST -> {
                Optional<JsonNode> value =
                        operation
                                .value()
                                .flatMap(old -> Optional.ofNullable(change.translate(old)));
                if (value.isEmpty()) {
                    throw inexact(operation, "its value has no counterpart there");
                }
                yield new PatchOperation(
                        operation.kind(), operation.path(), operation.from(), value);
            }
            case INCREMENT, APPEND, MOVE, COPY ->
                    throw inexact(operation, "it changes in part what is translated as a whole");
        };
    }

    private Optional<PatchOperation> removed(PatchOperation operation) {
        if (operation.kind() == PatchOperation.Kind.TEST) {
            throw inexact(operation, "it tests what the newest version no longer has");
        }
        return Optional.empty();
    }

    /// What the older version calls by the new name is something else.
    private void refuseNewName(PatchOperation operation, List<String> path) {
        if (step instanceof TranslationStep.Rename renamed
                && step.path().agrees(path, place.size() - 1)
                && path.get(place.size() - 1).equals(renamed.name())) {
            throw inexact(
                    operation,
                    "its version says '"
                            + JsonValues.shown(place.getLast())
                            + "' for what the other calls '"
                            + JsonValues.shown(renamed.name())
                            + "'");
        }
    }

    private static String renamedPath(List<String> path, TranslationStep.Rename renamed) {
        return JsonPointers.of(Paths.with(path, renamed.path().steps().size() - 1, renamed.name()));
    }

    /// A whole subtree goes from one place to another; only names on the way may differ.
    private PatchOperation relocated(PatchOperation operation) {
        if (isAmongEquals(operation)) {
            return operation;
        }
        return new PatchOperation(
                operation.kind(),
                relocated(operation, operation.path()),
                operation.from().map(from -> relocated(operation, from)),
                operation.value());
    }

    /// From one place that the step is about, or one above such a place, to another one like it: an
    /// element of a list that goes elsewhere in the list.
    private boolean isAmongEquals(PatchOperation operation) {
        List<String> from = JsonPointers.parse(operation.from().orElse(""));
        List<String> to = JsonPointers.parse(operation.path());
        int limit = step instanceof TranslationStep.ValueStep ? place.size() : place.size() - 1;
        return from.size() == to.size()
                && to.size() <= limit
                && step.path().agrees(from, from.size())
                && step.path().agrees(to, to.size());
    }

    private String relocated(PatchOperation operation, String pointer) {
        List<String> path = JsonPointers.parse(pointer);
        if (path.size() >= place.size()) {
            refuseNewName(operation, path);
        }
        int common = Math.min(path.size(), place.size());
        if (!step.path().agrees(path, common)) {
            return pointer;
        }
        if (step instanceof TranslationStep.Rename renamed && path.size() >= place.size()) {
            return renamedPath(path, renamed);
        }
        throw inexact(operation, "it carries along what is translated in its old place only");
    }

    private Problem inexact(PatchOperation operation, String reason) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                operation.kind()
                        + " "
                        + JsonValues.shown(operation.path())
                        + " cannot be translated to another version of its type: "
                        + reason
                        + " (declared for "
                        + step.path()
                        + "); write the whole value, or write in the newest version");
    }
}
