package dev.sheaf.query;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes a catalog's name away where tables and columns are qualified with it, so that what is left
/// is what everybody else writes: `domain.product`.
final class CatalogPrefix {
    private static final int TABLE_PARTS = 3;

    private CatalogPrefix() {}

    /// @param catalog compared without regard to case; empty for none
    static void strip(JsonNode tree, String catalog) {
        if (!catalog.isEmpty()) {
            SyntaxTree.each(
                    tree,
                    node -> {
                        if (SyntaxTree.isTable(node)) {
                            table((ObjectNode) node, catalog);
                        } else if (SyntaxTree.isColumn(node)) {
                            shorten(node.path("column_names"), TABLE_PARTS + 1, catalog);
                        }
                    });
        }
    }

    private static void table(ObjectNode table, String catalog) {
        if (table.path("catalog_name").asString("").equalsIgnoreCase(catalog)
                && shorten(table.path("qualified_name").path("path"), TABLE_PARTS, catalog)) {
            table.put("catalog_name", "");
        }
    }

    private static boolean shorten(JsonNode names, int partsMin, String catalog) {
        if (names instanceof ArrayNode parts
                && parts.size() >= partsMin
                && parts.path(0).asString("").equalsIgnoreCase(catalog)) {
            parts.remove(0);
            return true;
        }
        return false;
    }
}
