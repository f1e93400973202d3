package dev.sheaf.context.schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a value written at one place alone must satisfy, whatever stands beside it: what
/// `properties`, `patternProperties`, `additionalProperties`, `items`, `$ref` and `allOf` on the
/// way say of it. What depends on other values (`anyOf`, `oneOf`, `not`, `if`, `contains`,
/// `prefixItems` above the place) is left to the check of the whole document.
///
/// Places are made when they are first asked for and kept, one for each combination of schemas; a
/// name that no schema knows costs no memory. For any thread.
public final class Place {
    private final SchemaValidator validator;
    private final CompiledSchema[] checks;
    private final Set<CompiledSchema> all = new LinkedHashSet<>();
    private final Map<String, Place> named = new ConcurrentHashMap<>();
    private final boolean patterned;
    private final int types;
    private volatile @Nullable Place other;
    private volatile @Nullable Place element;

    Place(SchemaValidator validator, List<CompiledSchema> schemas) {
        this.validator = validator;
        this.checks = schemas.toArray(CompiledSchema[]::new);
        schemas.forEach(this::include);
        int common = Types.ALL;
        boolean anyPatterned = false;
        for (CompiledSchema schema : all) {
            common &= schema.types();
            anyPatterned |= !schema.members().patterned().isEmpty();
        }
        this.types = common;
        this.patterned = anyPatterned;
    }

    private void include(CompiledSchema schema) {
        if (all.add(schema)) {
            schema.always().forEach(this::include);
        }
    }

    public boolean accepts(JsonNode value) {
        try {
            Run run = new Run();
            for (CompiledSchema check : checks) {
                if (!check.holds(value, run)) {
                    return false;
                }
            }
            return true;
        } catch (Run.Exhausted e) {
            return false;
        }
    }

    /// Everything that is wrong with the value, with pointers that begin at it; empty when it is
    /// accepted.
    public List<Violation> violations(JsonNode value) {
        List<Violation> found = new ArrayList<>();
        try {
            Run run = new Run();
            for (CompiledSchema check : checks) {
                check.explain(value, Location.ROOT, run, found);
            }
        } catch (Run.Exhausted e) {
            found.add(e.violation());
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    /// A member of an object at this place.
    public Place member(String name) {
        Place known = named.get(name);
        return known != null ? known : find(name);
    }

    private Place find(String name) {
        boolean declared = false;
        for (CompiledSchema schema : all) {
            declared |= schema.members().named().containsKey(name);
        }
        if (!declared && !patterned) {
            return otherMember();
        }
        Place found = validator.place(schemasOf(name));
        if (declared) {
            named.put(name, found);
        }
        return found;
    }

    private List<CompiledSchema> schemasOf(String name) {
        Set<CompiledSchema> schemas = new LinkedHashSet<>();
        for (CompiledSchema schema : all) {
            schemas.addAll(schema.members().schemas(name));
        }
        return List.copyOf(schemas);
    }

    /// A member whose name no `properties` and no `patternProperties` knows.
    public Place otherMember() {
        Place known = other;
        if (known == null) {
            Set<CompiledSchema> schemas = new LinkedHashSet<>();
            for (CompiledSchema schema : all) {
                CompiledSchema rest = schema.members().other();
                if (rest != null) {
                    schemas.add(rest);
                }
            }
            known = validator.place(List.copyOf(schemas));
            other = known;
        }
        return known;
    }

    /// An element of an array at this place, wherever it stands.
    public Place element() {
        Place known = element;
        if (known == null) {
            Set<CompiledSchema> schemas = new LinkedHashSet<>();
            for (CompiledSchema schema : all) {
                schemas.addAll(schema.elements().anywhere());
            }
            known = validator.place(List.copyOf(schemas));
            element = known;
        }
        return known;
    }

    /// The JSON types that values here may have, as `type` names them, `number` covering `integer`;
    /// empty when the schema allows nothing here.
    public List<String> types() {
        return Types.names(types);
    }

    /// Whether the schema allows a value of one of these types here.
    public boolean allowsAnyOf(String... names) {
        int wanted = 0;
        for (String name : names) {
            wanted |= Types.named(name);
        }
        return (types & wanted) != 0;
    }

    /// The members that schemas name here.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(schema -> names.addAll(schema.members().named().keySet()));
        return names;
    }
}
