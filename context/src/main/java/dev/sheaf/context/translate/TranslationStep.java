package dev.sheaf.context.translate;

import dev.sheaf.context.json.PlacePattern;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// One declared step of a translation. `path` may hold `*`, except as the last step of a rename,
/// default or remove.
public sealed interface TranslationStep {
    /// The place whose value, or name, the step changes.
    PlacePattern path();

    /// The step that undoes this one, or nothing when it loses something.
    Optional<TranslationStep> inverse();

    /// A step that gives a member another name in the same object. Where the object has that name
    /// already the document is refused.
    record Rename(PlacePattern path, String name) implements TranslationStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return Optional.of(new Rename(Paths.sibling(path, name), path.steps().getLast()));
        }
    }

    /// A step that adds a member where its object lacks it.
    record Default(PlacePattern path, JsonNode value) implements TranslationStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return Optional.of(new Remove(path));
        }
    }

    /// A step that drops a member. What it held is lost, which is what its name declares.
    record Remove(PlacePattern path) implements TranslationStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return Optional.empty();
        }
    }

    /// A step that gives strings other values.
    ///
    /// @param otherwise what values become that are not listed; empty to leave them
    /// @param lossy whether several values may become the same
    record Replace(
            PlacePattern path,
            Map<String, String> values,
            Optional<String> otherwise,
            boolean lossy)
            implements ValueStep {
        public Replace {
            values = Map.copyOf(values);
        }

        /// Whether two values would become one.
        public boolean merges() {
            return otherwise.isPresent() || new HashSet<>(values.values()).size() < values.size();
        }

        @Override
        public Optional<TranslationStep> inverse() {
            if (lossy || merges()) {
                return Optional.empty();
            }
            Map<String, String> inverted = new HashMap<>();
            values.forEach((from, to) -> inverted.put(to, from));
            return Optional.of(new Replace(path, inverted, Optional.empty(), false));
        }

        @Override
        public @Nullable JsonNode translate(JsonNode value) {
            return ValueChanges.replace(this, value);
        }
    }

    /// A step that writes a value as another JSON type. Values of types that are neither `from` nor
    /// `to` stay as they are.
    ///
    /// @param lossy whether notations that do not come back are accepted, such as `"1.50"` as 1.5
    record Convert(PlacePattern path, ScalarType from, ScalarType to, boolean lossy)
            implements ValueStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return lossy ? Optional.empty() : Optional.of(new Convert(path, to, from, false));
        }

        @Override
        public @Nullable JsonNode translate(JsonNode value) {
            return ValueChanges.convert(this, value);
        }
    }

    /// A step that makes a value the only element of an array.
    record Wrap(PlacePattern path) implements ValueStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return Optional.of(new Unwrap(path, false));
        }

        @Override
        public JsonNode translate(JsonNode value) {
            return ValueChanges.wrap(value);
        }
    }

    /// A step that takes the only element out of an array.
    ///
    /// @param lossy whether an array of several becomes its first element and an empty one is
    ///   dropped; else both are refused
    record Unwrap(PlacePattern path, boolean lossy) implements ValueStep {
        @Override
        public Optional<TranslationStep> inverse() {
            return lossy ? Optional.empty() : Optional.of(new Wrap(path));
        }

        @Override
        public @Nullable JsonNode translate(JsonNode value) {
            return ValueChanges.unwrap(this, value);
        }
    }

    /// A step that changes the value at its place, whatever is beside it.
    sealed interface ValueStep extends TranslationStep {
        /// @return null when the place is to go
        @Nullable JsonNode translate(JsonNode value);
    }

    /// The types that values can be written as.
    enum ScalarType {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN
    }
}
