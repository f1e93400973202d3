package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.TableResolver.AsOf;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Rewrites a guarded syntax tree in place, so that every table it names is a view of ours: names
/// of products become names of views, columns qualified by domain and product are qualified by
/// alias, and methods of columns become functions.
///
/// Scopes are DuckDB's: a common table expression is visible to those after it and to the query it
/// belongs to, and in itself only when it is recursive.
final class Statement {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Names that can only mean the expression, whatever DuckDB's catalog or its reading of file
    /// names would make of them.
    private static final Pattern CTE_NAME =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ $-]{0,62}", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Set<String> RESERVED_PREFIXES =
            Set.of("duckdb_", "sqlite_", "pg_", "pragma_", "information_schema");

    private final BiFunction<List<String>, AsOf, ProductName> resolve;
    private final Set<TableUse> uses = new LinkedHashSet<>();
    private final List<ObjectNode> tables = new ArrayList<>();
    private final Map<ObjectNode, TableUse> useOf = new IdentityHashMap<>();

    /// @param resolve the product of a written name; throws the problem to show when there is none
    private Statement(BiFunction<List<String>, AsOf, ProductName> resolve) {
        this.resolve = resolve;
    }

    /// @return what it reads, in order of appearance
    static Set<TableUse> rewrite(
            JsonNode statement, BiFunction<List<String>, AsOf, ProductName> resolve) {
        Statement rewriter = new Statement(resolve);
        rewriter.walk(statement, Set.of());
        rewriter.rename(statement);
        return rewriter.uses;
    }

    private void walk(JsonNode node, Set<String> scope) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                walk(element, scope);
            }
            return;
        }
        if (!node.isObject()) {
            return;
        }
        Set<String> inner = node.has("cte_map") ? walkExpressions(node, scope) : scope;
        String type = node.path("type").asString("");
        if (type.equals("BASE_TABLE")) {
            table((ObjectNode) node, inner);
        } else if (type.equals("FUNCTION") && node.has("function_name")) {
            method((ObjectNode) node);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getKey().equals("cte_map")) {
                walk(entry.getValue(), inner);
            }
        }
    }

    private Set<String> walkExpressions(JsonNode node, Set<String> scope) {
        Set<String> inner = new HashSet<>(scope);
        for (JsonNode entry : node.path("cte_map").path("map")) {
            String name = entry.path("key").asString("");
            checkName(name);
            JsonNode query = entry.path("value").path("query_node");
            Set<String> own = inner;
            if (query.path("type").asString("").equals("RECURSIVE_CTE_NODE")) {
                own = new HashSet<>(inner);
                own.add(name.toLowerCase(Locale.ROOT));
            }
            walk(entry.path("value"), own);
            inner.add(name.toLowerCase(Locale.ROOT));
        }
        return inner;
    }

    private static void checkName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!CTE_NAME.matcher(name).matches()
                || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw new Problem(
                    ProblemCode.SQL_NOT_ALLOWED,
                    "a common table expression cannot be called " + ErrorTexts.shown(name));
        }
    }

    private void table(ObjectNode table, Set<String> scope) {
        List<String> written = new ArrayList<>();
        table.path("qualified_name").path("path").forEach(part -> written.add(part.asString("")));
        if (!written.equals(namesOf(table))) {
            throw new Problem(ProblemCode.SQL_NOT_ALLOWED, "a table's name is not understood");
        }
        boolean timeless = !table.path("at_clause").isObject();
        if (written.size() == 1 && scope.contains(written.getFirst().toLowerCase(Locale.ROOT))) {
            if (!timeless) {
                throw new Problem(
                        ProblemCode.INVALID_SQL,
                        "a common table expression has no releases: "
                                + ErrorTexts.shown(written.getFirst()));
            }
            return;
        }
        AsOf asOf = AsOfReader.read(table.path("at_clause"));
        TableUse use = new TableUse(resolve.apply(written, asOf), asOf);
        uses.add(use);
        tables.add(table);
        useOf.put(table, use);
    }

    private static List<String> namesOf(JsonNode table) {
        List<String> names = new ArrayList<>();
        for (String field : List.of("catalog_name", "schema_name", "table_name")) {
            String name = table.path(field).asString("");
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /// `a.b.f(x)` is `f(a.b, x)`: otherwise `a.b` would be a schema of DuckDB's.
    private static void method(ObjectNode function) {
        ArrayNode path = (ArrayNode) function.path("qualified_name").path("path");
        if (path.size() < 2) {
            return;
        }
        ArrayNode names = NODES.arrayNode();
        for (int i = 0; i < path.size() - 1; i++) {
            names.add(path.get(i));
        }
        ObjectNode column = NODES.objectNode();
        column.put("class", "COLUMN_REF").put("type", "COLUMN_REF").put("alias", "");
        column.set("query_location", function.path("query_location"));
        column.set("query_location_length", function.path("query_location_length"));
        column.set("column_names", names);
        ObjectNode argument = NODES.objectNode();
        argument.put("name", "").set("expression", column);
        ((ArrayNode) function.path("arguments")).insert(0, argument);
        function.put("schema", "").put("catalog", "");
        path.removeAll().add(function.path("function_name"));
    }

    /// Tables get their view's name, an alias that was not written is the product's written name,
    /// or the full one when two products of the statement share it.
    private void rename(JsonNode statement) {
        Map<String, Set<ProductName>> byAlias = new HashMap<>();
        for (ObjectNode table : tables) {
            byAlias.computeIfAbsent(aliasKey(table), key -> new HashSet<>())
                    .add(use(table).product());
        }
        Map<String, String> aliasOfFullName = new HashMap<>();
        for (ObjectNode table : tables) {
            TableUse use = use(table);
            String written = table.path("table_name").asString("");
            if (table.path("alias").asString("").isEmpty()) {
                boolean shared = byAlias.getOrDefault(aliasKey(table), Set.of()).size() > 1;
                String alias = shared ? use.product().toString() : written;
                table.put("alias", alias);
                String full = table.path("schema_name").asString("") + "." + written;
                aliasOfFullName.put(full.toLowerCase(Locale.ROOT), alias);
            }
            table.put("catalog_name", "").put("schema_name", "").put("table_name", use.viewName());
            table.set("at_clause", NODES.nullNode());
            ((ArrayNode) table.path("qualified_name").path("path")).removeAll().add(use.viewName());
        }
        requalify(statement, aliasOfFullName);
    }

    private static String aliasKey(ObjectNode table) {
        String alias = table.path("alias").asString("");
        String name = alias.isEmpty() ? table.path("table_name").asString("") : alias;
        return name.toLowerCase(Locale.ROOT);
    }

    private TableUse use(ObjectNode table) {
        TableUse use = useOf.get(table);
        if (use == null) {
            throw new IllegalStateException("a table that was not walked");
        }
        return use;
    }

    private static void requalify(JsonNode node, Map<String, String> aliasOfFullName) {
        if (node.isObject() && node.path("class").asString("").equals("COLUMN_REF")) {
            ArrayNode names = (ArrayNode) node.path("column_names");
            if (names.size() > 2) {
                String full = names.get(0).asString("") + "." + names.get(1).asString("");
                String alias = aliasOfFullName.get(full.toLowerCase(Locale.ROOT));
                if (alias != null) {
                    names.remove(0);
                    names.set(0, alias);
                }
            }
            return;
        }
        for (JsonNode child : node) {
            requalify(child, aliasOfFullName);
        }
    }
}
