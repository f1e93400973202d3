package dev.sheaf.context.schema;

import dev.sheaf.context.Step;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A schema (JSON Schema 2020-12) compiled to checks.
///
/// Formats `date-time`, `date`, `email`, `uuid` and `uri` are asserted, others are annotations.
/// Numbers compare by value; lengths are in Unicode code points; patterns are matched in linear
/// time. A check ends after a fixed number of steps, as a violation `work`. Immutable to its users;
/// for any thread.
public final class SchemaValidator {
    /// Beyond these, places are made anew each time: names that match ever other sets of patterns
    /// must not fill the memory.
    private static final int PLACES_MAX = 10_000;

    private final Map<List<CompiledSchema>, Place> places = new ConcurrentHashMap<>();
    private final Place root;

    SchemaValidator(CompiledSchema root) {
        this.root = place(List.of(root));
    }

    public static Compilation compile(JsonNode schema) {
        return new SchemaCompiler(schema).compile();
    }

    /// Whether a whole document is valid.
    public boolean accepts(JsonNode document) {
        return root.accepts(document);
    }

    /// Everything that is wrong with a whole document; empty when it is valid.
    public List<Violation> violations(JsonNode document) {
        return root.violations(document);
    }

    /// The whole document, from where places are reached by steps.
    public Place root() {
        return root;
    }

    /// What a value written at this place alone must satisfy.
    public Place at(List<Step> path) {
        Place place = root;
        // By index: an iterator would be most of what a check allocates.
        for (int index = 0; index < path.size(); index++) {
            place =
                    switch (path.get(index)) {
                        case Step.Key key -> place.member(key.name());
                        case Step.Element ignored -> place.element();
                    };
        }
        return place;
    }

    /// One place for each combination of schemas, so that recursive schemas have finitely many.
    Place place(List<CompiledSchema> schemas) {
        Place known = places.get(schemas);
        if (known != null) {
            return known;
        }
        Place made = new Place(this, schemas);
        if (places.size() >= PLACES_MAX) {
            return made;
        }
        Place raced = places.putIfAbsent(schemas, made);
        return raced != null ? raced : made;
    }
}
