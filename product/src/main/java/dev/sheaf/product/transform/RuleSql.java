package dev.sheaf.product.transform;

import dev.sheaf.engine.EngineSession;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.ingest.SqlText;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A quality rule's query, guarded and with its tables resolved: its own product by `${table}`,
/// `${object}` or its names, other products by `domain.product`.
///
/// @param text runnable once views exist: [#OWN] and [#view] of each product
/// @param products the other products it reads
public record RuleSql(String text, Set<ProductName> products) {
    /// The view of the release to judge.
    public static final String OWN = "sheaf_release";

    public RuleSql {
        products = Set.copyOf(products);
    }

    /// The view that stands for another product's current release.
    public static String view(ProductName product) {
        return "sheaf_release_of_" + product.domain().value() + "." + product.name();
    }

    /// @param rule its name, for messages
    /// @param template the query as written
    /// @param column the column it is stated for
    /// @param own names that mean the product itself
    /// @throws Problem INVALID_SQL, SQL_NOT_ALLOWED
    public static RuleSql compile(
            EngineSession session,
            String rule,
            String template,
            Optional<String> column,
            Set<String> own) {
        String what = "quality rule '" + rule + "'";
        String sql =
                template.replace("${table}", OWN)
                        .replace("${object}", OWN)
                        .replace("${schema}", OWN);
        if (column.isPresent()) {
            sql =
                    sql.replace("${property}", SqlText.name(column.get()))
                            .replace("${column}", SqlText.name(column.get()));
        }
        SyntaxTree tree = SyntaxTree.parse(session, what, sql);
        Set<ProductName> products = new LinkedHashSet<>();
        Set<String> visible = new LinkedHashSet<>();
        SqlGuard guard =
                new SqlGuard(
                        what,
                        Functions.ANY,
                        true,
                        table -> resolve(what, table, own, visible, products));
        ObjectNode query = (ObjectNode) tree.node();
        JsonNode with = query.path("cte_map");
        for (JsonNode entry : with.path("map")) {
            guard.check(entry.path("value"));
            visible.add(entry.path("key").asString("").toLowerCase(Locale.ROOT));
        }
        query.remove("cte_map");
        guard.check(query);
        query.set("cte_map", with);
        return new RuleSql(tree.text(), products);
    }

    /// @param visible names of WITH that can be seen here: those stated earlier, for a later one
    ///   would be looked for among files and catalog tables
    private static void resolve(
            String what,
            ObjectNode table,
            Set<String> own,
            Set<String> visible,
            Set<ProductName> products) {
        String schema = SqlGuard.text(table, "schema_name");
        String name = SqlGuard.text(table, "table_name");
        if (schema.isEmpty()
                && (name.equals(OWN) || visible.contains(name.toLowerCase(Locale.ROOT)))) {
            return;
        }
        boolean ownName =
                own.stream()
                        .anyMatch(known ->
                                known.equalsIgnoreCase(
                                        schema.isEmpty() ? name : schema + "." + name));
        if (ownName) {
            rename(table, OWN);
            return;
        }
        if (schema.isEmpty()) {
            throw new Problem(
                    ProblemCode.INVALID_SQL,
                    what
                            + " reads '"
                            + name
                            + "': write ${table} for its own product, domain.product for others");
        }
        ProductName product = ProductName.parse(schema + "." + name);
        products.add(product);
        rename(table, view(product));
    }

    private static void rename(ObjectNode table, String view) {
        if (SqlGuard.text(table, "alias").isEmpty()) {
            table.put("alias", SqlGuard.text(table, "table_name"));
        }
        table.put("schema_name", "");
        table.put("table_name", view);
        ((ObjectNode) table.path("qualified_name")).set("path", table.arrayNode().add(view));
    }
}
