package dev.sheaf.registry.search;

import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/// The kinds of fields of the index, and what a word in them counts.
enum WordField {
    /// The product's name, domain and name within it.
    NAME(8, true),
    /// Its title, tags and what business calls it.
    TITLE(4, false),
    /// Names of its columns.
    COLUMN(2, false),
    /// All words there are, those of descriptions too.
    ALL(1, false);

    private final float weight;
    private final FieldType type = new FieldType();

    WordField(float weight, boolean hasLength) {
        this.weight = weight;
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setOmitNorms(!hasLength);
        type.freeze();
    }

    float weight() {
        return weight;
    }

    Field with(String text) {
        return new Field(name(), text, type);
    }
}
