package dev.sheaf.schemas.json;

import com.networknt.schema.SpecificationVersion;

import java.util.Optional;

/// The drafts of JSON Schema.
enum Dialect {
    DRAFT_4("http://json-schema.org/draft-04/schema", SpecificationVersion.DRAFT_4),
    DRAFT_6("http://json-schema.org/draft-06/schema", SpecificationVersion.DRAFT_6),
    DRAFT_7("http://json-schema.org/draft-07/schema", SpecificationVersion.DRAFT_7),
    DRAFT_2019_09(
            "https://json-schema.org/draft/2019-09/schema", SpecificationVersion.DRAFT_2019_09),
    DRAFT_2020_12(
            "https://json-schema.org/draft/2020-12/schema", SpecificationVersion.DRAFT_2020_12);

    private final String uri;
    private final SpecificationVersion specification;

    Dialect(String uri, SpecificationVersion specification) {
        this.uri = uri;
        this.specification = specification;
    }

    String uri() {
        return uri;
    }

    SpecificationVersion specification() {
        return specification;
    }

    boolean ignoresBesideReference() {
        return this == DRAFT_4 || this == DRAFT_6 || this == DRAFT_7;
    }

    /// As `$schema` names it, with or without the fragment, over http or https.
    static Optional<Dialect> named(String schema) {
        String plain =
                schema.replaceFirst("#$", "").replaceFirst("^https?://", "").replaceFirst("/$", "");
        for (Dialect dialect : values()) {
            if (dialect.uri.endsWith("://" + plain)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
