package dev.sheaf.registry.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// By what hits are filtered and counted.
public enum Facet {
    DOMAIN,
    REGION,
    TAG,
    /// Of any of the columns.
    CLASSIFICATION,
    OWNER,
    STATUS;

    /// As it is written in queries.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Facet> named(String key) {
        return Arrays.stream(values())
                .filter(facet -> facet.key().equals(key.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /// The values of a document, in their written form.
    List<String> of(SearchDocument document) {
        return switch (this) {
            case DOMAIN -> List.of(document.name().domain().value());
            case REGION -> List.of(document.home().toString());
            case TAG ->
                    java.util.stream.Stream.concat(
                                    document.tags().stream(),
                                    document.columns().stream()
                                            .flatMap(column -> column.tags().stream()))
                            .toList();
            case CLASSIFICATION ->
                    document.columns().stream().map(SearchDocument.Column::classification).toList();
            case OWNER -> List.of(document.owner());
            case STATUS -> List.of(document.status());
        };
    }

    String field() {
        return "is." + key();
    }
}
