package dev.sheaf.cli.shell;

import dev.sheaf.client.ColumnInfo;
import dev.sheaf.client.ProductDetails;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The words that can be completed: products, their columns, SQL's own. What the node says is kept
/// until [#forget()]. Safe for threads.
class Vocabulary {
    static final List<String> KEYWORDS =
            List.of(
                    "ALL",
                    "AND",
                    "ANTI",
                    "AS",
                    "ASC",
                    "ASOF",
                    "AT",
                    "BETWEEN",
                    "BY",
                    "CASE",
                    "CAST",
                    "CROSS",
                    "DESC",
                    "DESCRIBE",
                    "DISTINCT",
                    "ELSE",
                    "END",
                    "EXCEPT",
                    "EXCLUDE",
                    "EXISTS",
                    "EXPLAIN",
                    "FALSE",
                    "FILTER",
                    "FROM",
                    "FULL",
                    "GROUP",
                    "HAVING",
                    "ILIKE",
                    "IN",
                    "INNER",
                    "INTERSECT",
                    "INTERVAL",
                    "IS",
                    "JOIN",
                    "LEFT",
                    "LIKE",
                    "LIMIT",
                    "NOT",
                    "NULL",
                    "OFFSET",
                    "ON",
                    "OR",
                    "ORDER",
                    "OVER",
                    "PARTITION",
                    "PIVOT",
                    "QUALIFY",
                    "REPLACE",
                    "RIGHT",
                    "SELECT",
                    "SEMI",
                    "SUMMARIZE",
                    "THEN",
                    "TIMESTAMP",
                    "TRUE",
                    "TRY_CAST",
                    "UNION",
                    "UNPIVOT",
                    "USING",
                    "VALUES",
                    "VERSION",
                    "WHEN",
                    "WHERE",
                    "WINDOW",
                    "WITH",
                    "avg",
                    "coalesce",
                    "count",
                    "date_trunc",
                    "max",
                    "median",
                    "min",
                    "round",
                    "row_number",
                    "strftime",
                    "sum");

    private final SheafClient client;
    private final Map<String, ProductDetails> details = new ConcurrentHashMap<>();
    private volatile Optional<List<ProductSummary>> products = Optional.empty();

    Vocabulary(SheafClient client) {
        this.client = client;
    }

    /// Names as `domain.product`, in order; none while the node does not answer.
    List<String> productNames() {
        try {
            List<ProductSummary> known = products.orElseGet(client::products);
            products = Optional.of(known);
            return known.stream().map(ProductSummary::name).toList();
        } catch (Problem e) {
            return List.of(); // Completion is a convenience: the next statement will say what is
            // wrong.
        }
    }

    /// A product's name as SQL has to write it: `finance."purchase-orders"`.
    static String inSql(String product) {
        int dot = product.indexOf('.');
        return quoted(product.substring(0, dot)) + "." + quoted(product.substring(dot + 1));
    }

    private static String quoted(String name) {
        return name.indexOf('-') < 0 ? name : '"' + name + '"';
    }

    /// Columns with their types of the products that the statement names, in name order.
    Map<String, String> columnsOf(String statement) {
        Map<String, String> columns = new TreeMap<>();
        String plain = statement.replace("\"", "");
        for (String name : productNames()) {
            if (plain.contains(name)) {
                columns(name).forEach(column -> columns.put(column.name(), column.type()));
            }
        }
        return columns;
    }

    private List<ColumnInfo> columns(String product) {
        try {
            return details.computeIfAbsent(product, name -> client.product(ProductName.parse(name)))
                    .columns();
        } catch (Problem e) {
            return List.of(); // As above.
        }
    }

    void forget() {
        products = Optional.empty();
        details.clear();
    }
}
