package dev.sheaf.schemas;

import java.util.List;

/// A schema as somebody has written it.
public record SchemaSource(SchemaLanguage language, String text, List<SchemaReference> references) {
    public SchemaSource {
        references = List.copyOf(references);
    }
}
