package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.web.Graphql.DirectiveDefinition;
import dev.sheaf.rego.builtin.web.Graphql.FieldDefinition;
import dev.sheaf.rego.builtin.web.Graphql.OperationType;
import dev.sheaf.rego.builtin.web.Graphql.Position;
import dev.sheaf.rego.builtin.web.Graphql.Refusal;
import dev.sheaf.rego.builtin.web.Graphql.Schema;
import dev.sheaf.rego.builtin.web.Graphql.SchemaDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeDefinition;
import dev.sheaf.rego.builtin.web.Graphql.TypeReference;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A valid schema: the document's types, those that every schema has, extensions merged in.
/// Immutable once built; for any thread.
final class GraphqlSchema {
    private static final Set<String> BUILT_IN_DIRECTIVES =
            Set.of("include", "skip", "deprecated", "specifiedBy");

    private final Map<String, TypeDefinition> types = new TreeMap<>();
    private final Map<String, DirectiveDefinition> directives = new TreeMap<>();
    private final Map<String, List<TypeDefinition>> possibleTypes = new HashMap<>();

    /// By `query`, `mutation` and `subscription`.
    private final Map<String, TypeDefinition> roots = new HashMap<>();

    private GraphqlSchema() {}

    /// @throws Refusal when the schema is not valid
    static GraphqlSchema build(Schema document) {
        Schema prelude = GraphqlPrelude.SCHEMA;
        GraphqlSchema schema = new GraphqlSchema();
        List<String> names = schema.collectTypes(prelude.types(), document.types());
        schema.extendTypes(document.typeExtensions(), names);
        for (String name : names) {
            schema.addPossibleTypes(schema.known(name));
        }
        schema.addDirectives(prelude.directives());
        schema.addDirectives(document.directives());
        schema.readRoots(document);
        new GraphqlSchemaRules(schema, Set.copyOf(GraphqlPrelude.typeNames())).check();
        if (document.definitions().isEmpty()) {
            schema.inferRoot("query", "Query");
            schema.inferRoot("mutation", "Mutation");
            schema.inferRoot("subscription", "Subscription");
        }
        schema.addIntrospection();
        return schema;
    }

    private List<String> collectTypes(List<TypeDefinition> first, List<TypeDefinition> second) {
        List<String> names = new ArrayList<>();
        for (List<TypeDefinition> all : List.of(first, second)) {
            for (TypeDefinition type : all) {
                if (types.put(type.name(), type) != null) {
                    throw new Refusal(
                            "Cannot redeclare type " + type.name() + ".", type.position());
                }
                names.add(type.name());
            }
        }
        return names;
    }

    /// One of a type that is not there declares it.
    private void extendTypes(List<TypeDefinition> extensions, List<String> names) {
        for (TypeDefinition extension : extensions) {
            TypeDefinition base = types.get(extension.name());
            if (base == null) {
                names.add(extension.name());
                types.put(extension.name(), extension);
                continue;
            }
            if (base.kind() != extension.kind()) {
                throw new Refusal(
                        "Cannot extend type %s because the base type is a %s, not %s."
                                .formatted(extension.name(), base.kind(), extension.kind()),
                        extension.position());
            }
            types.put(
                    base.name(),
                    new TypeDefinition(
                            base.kind(),
                            base.description(),
                            base.name(),
                            joined(base.directives(), extension.directives()),
                            joined(base.interfaces(), extension.interfaces()),
                            joined(base.fields(), extension.fields()),
                            joined(base.members(), extension.members()),
                            joined(base.values(), extension.values()),
                            base.position()));
        }
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private void addPossibleTypes(TypeDefinition type) {
        switch (type.kind()) {
            case UNION -> {
                for (String member : type.members()) {
                    TypeDefinition possible = types.get(member);
                    if (possible != null) {
                        addPossibleType(type.name(), possible);
                    }
                }
            }
            case INTERFACE -> type.interfaces().forEach(name -> addPossibleType(name, type));
            case OBJECT, INPUT_OBJECT -> {
                type.interfaces().forEach(name -> addPossibleType(name, type));
                addPossibleType(type.name(), type);
            }
            case SCALAR, ENUM -> {}
        }
    }

    private void addPossibleType(String name, TypeDefinition type) {
        possibleTypes.computeIfAbsent(name, absent -> new ArrayList<>()).add(type);
    }

    /// Those that every schema has may be declared again; the first declaration counts.
    private void addDirectives(List<DirectiveDefinition> all) {
        for (DirectiveDefinition directive : all) {
            String name = directive.name();
            if (directives.containsKey(name) && !BUILT_IN_DIRECTIVES.contains(name)) {
                throw new Refusal("Cannot redeclare directive " + name + ".", directive.position());
            }
            directives.put(name, directive);
        }
    }

    private void readRoots(Schema document) {
        if (document.definitions().size() > 1) {
            throw new Refusal(
                    "Cannot have multiple schema entry points, consider schema extensions"
                            + " instead.",
                    document.definitions().get(1).position());
        }
        for (SchemaDefinition definition : joined(document.definitions(), document.extensions())) {
            for (OperationType root : definition.operations()) {
                TypeDefinition type = types.get(root.type());
                if (type == null) {
                    throw new Refusal(
                            "Schema root %s refers to a type %s that does not exist."
                                    .formatted(root.operation(), root.type()),
                            root.position());
                }
                roots.put(root.operation(), type);
            }
        }
    }

    private void inferRoot(String operation, String name) {
        TypeDefinition type = types.get(name);
        if (type != null) {
            roots.putIfAbsent(operation, type);
        }
    }

    /// What every query may ask about the schema itself.
    private void addIntrospection() {
        TypeDefinition query = roots.get("query");
        if (query == null) {
            return;
        }
        Position none = Position.NONE;
        TypeReference text = new TypeReference("String", null, true, none);
        FieldDefinition name =
                new FieldDefinition("", "name", List.of(), null, text, List.of(), none);
        List<FieldDefinition> fields =
                List.of(
                        new FieldDefinition(
                                "",
                                "__schema",
                                List.of(),
                                null,
                                new TypeReference("__Schema", null, true, none),
                                List.of(),
                                none),
                        new FieldDefinition(
                                "",
                                "__type",
                                List.of(name),
                                null,
                                new TypeReference("__Type", null, false, none),
                                List.of(),
                                none));
        TypeDefinition extended =
                new TypeDefinition(
                        query.kind(),
                        query.description(),
                        query.name(),
                        query.directives(),
                        query.interfaces(),
                        joined(query.fields(), fields),
                        query.members(),
                        query.values(),
                        query.position());
        types.put(query.name(), extended);
        roots.replaceAll((operation, type) -> type == query ? extended : type);
    }

    private TypeDefinition known(String name) {
        TypeDefinition type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + name);
        }
        return type;
    }

    Collection<TypeDefinition> types() {
        return types.values();
    }

    Collection<DirectiveDefinition> directives() {
        return directives.values();
    }

    @Nullable TypeDefinition type(String name) {
        return types.get(name);
    }

    @Nullable TypeDefinition type(TypeReference reference) {
        return types.get(reference.innerName());
    }

    @Nullable DirectiveDefinition directive(String name) {
        return directives.get(name);
    }

    /// Where operations of a kind start; null when the schema has none.
    @Nullable TypeDefinition root(String operation) {
        return roots.get(operation.isEmpty() ? "query" : operation);
    }

    /// What a value of the type may be in the end.
    List<TypeDefinition> possibleTypes(String name) {
        return possibleTypes.getOrDefault(name, List.of());
    }
}
