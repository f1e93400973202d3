package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A mapping read strictly: what has another type than asked for, or was never asked for, is an
/// error at its place.
record Strict(Source source, Node.Mapping mapping, String what, Findings findings) {

    /// Reports every key that is not among the known ones.
    void allowOnly(Collection<String> known) {
        mapping.members()
                .forEach((key, member) -> {
                    if (!known.contains(key)) {
                        findings.error(
                                source,
                                member.keyAt(),
                                what
                                        + " has no '"
                                        + Finding.shown(key)
                                        + "'"
                                        + NearMiss.hint(key, known)
                                        + "; it may have "
                                        + String.join(", ", known));
                    }
                });
    }

    Optional<String> text(String key) {
        return switch (present(key)) {
            case Node.Text text when !text.value().isEmpty() -> Optional.of(text.value());
            case null -> Optional.empty();
            case Node other -> wrong(key, other, "a text that is not empty");
        };
    }

    /// Text that may be empty.
    Optional<String> anyText(String key) {
        return switch (present(key)) {
            case Node.Text text -> Optional.of(text.value());
            case null -> Optional.empty();
            case Node other -> wrong(key, other, "a text");
        };
    }

    Optional<String> requiredText(String key) {
        if (present(key) == null) {
            findings.error(source, mapping.at(), what + " needs a '" + key + "'");
            return Optional.empty();
        }
        return text(key);
    }

    Optional<Boolean> flag(String key) {
        return switch (present(key)) {
            case Node.Flag flag -> Optional.of(flag.value());
            case null -> Optional.empty();
            case Node other -> wrong(key, other, "true or false");
        };
    }

    Optional<Node.Number> number(String key) {
        return switch (present(key)) {
            case Node.Number number -> Optional.of(number);
            case null -> Optional.empty();
            case Node other -> wrong(key, other, "a number");
        };
    }

    List<String> texts(String key) {
        Node value = present(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Node.Sequence list)) {
            wrong(key, value, "a list of texts");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Node item : list.items()) {
            if (item instanceof Node.Text text) {
                texts.add(text.value());
            } else {
                wrong(key, item, "a list of texts; quote what is not meant as a number or flag");
            }
        }
        return texts;
    }

    private @Nullable Node present(String key) {
        return mapping.get(key).filter(node -> !(node instanceof Node.Nothing)).orElse(null);
    }

    private <T> Optional<T> wrong(String key, Node value, String expected) {
        findings.error(source, value.at(), "'" + key + "' of " + what + " must be " + expected);
        return Optional.empty();
    }
}
