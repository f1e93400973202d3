package dev.sheaf.context.translate;

import dev.sheaf.context.patch.PatchOperation;
import dev.sheaf.kernel.Problem;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way from one version of a type's schema to another: declared steps, in order. Immutable, for
/// any thread. Documents are never changed in place: what a translation leaves alone is shared
/// between the old and the new document, so callers must not change either.
///
/// Values that a step could not give back are refused with a Problem, unless the step is declared
/// lossy; so for every document `x` that has none of the members which `default` adds,
/// `down(up(x))` is `x` when no step is lossy.
///
/// @param steps none when both versions are the same, or declared compatible
public record Translation(List<TranslationStep> steps) {
    public static final Translation NONE = new Translation(List.of());

    public Translation {
        steps = List.copyOf(steps);
    }

    /// This translation and then another.
    public Translation then(Translation next) {
        List<TranslationStep> both = new ArrayList<>(steps);
        both.addAll(next.steps);
        return both.isEmpty() ? NONE : new Translation(both);
    }

    /// A whole document.
    ///
    /// @throws Problem INVALID_VALUE when it holds what cannot be translated
    public JsonNode document(JsonNode document) {
        JsonNode translated = document;
        for (TranslationStep step : steps) {
            translated = new DocumentEdit(step).apply(translated, 0);
        }
        return translated;
    }

    /// A patch operation, with its pointers and value; nothing when all that it does is to write a
    /// place that a step removes.
    ///
    /// @throws Problem INVALID_VALUE when the operation cannot be translated exactly
    public Optional<PatchOperation> operation(PatchOperation operation) {
        Optional<PatchOperation> translated = Optional.of(operation);
        for (TranslationStep step : steps) {
            translated = translated.flatMap(new OperationEdit(step)::apply);
        }
        return translated;
    }

    /// A whole patch.
    ///
    /// @throws Problem INVALID_VALUE when an operation cannot be translated exactly
    public List<PatchOperation> operations(List<PatchOperation> operations) {
        return steps.isEmpty()
                ? operations
                : operations.stream().flatMap(each -> operation(each).stream()).toList();
    }
}
