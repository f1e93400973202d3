package dev.sheaf.node.queries;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryRun;
import dev.sheaf.query.QueryService;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// Which products have rows of a person, in their current release: those whose contract names a
/// column that says whose data a row is (`sheaf.subject`). Asked as the node itself, without masks
/// and filters; nothing of the rows is shown. For any thread.
public final class SubjectProducts {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final QueryService queries;
    private final StatementIds ids;

    /// @param queries sees all rows as they are
    public SubjectProducts(Ledger ledger, QueryService queries, StatementIds ids) {
        this.ledger = ledger;
        this.queries = queries;
        this.ids = ids;
    }

    /// @param products those with rows of the person
    /// @param skipped those that could not be asked, with the reason
    public record Found(List<ProductName> products, List<String> skipped) {
        public Found {
            products = List.copyOf(products);
            skipped = List.copyOf(skipped);
        }
    }

    /// The product of a name, if there is one.
    public Optional<ProductName> find(String name) {
        return ledger.products().stream()
                .map(ProductSpec::name)
                .filter(product -> product.toString().equals(name))
                .findFirst();
    }

    /// @param wanted which products are asked
    public Found of(String subject, Predicate<ProductName> wanted) {
        List<ProductName> products = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (ProductSpec spec : ledger.products()) {
            Optional<String> condition =
                    RowLifetime.of(spec.table())
                            .subject()
                            .filter(column -> wanted.test(spec.name()))
                            .flatMap(column -> condition(column, subject));
            if (condition.isEmpty()) {
                continue;
            }
            try {
                if (hasRows(spec.name(), condition.get())) {
                    products.add(spec.name());
                }
            } catch (Problem e) {
                if (e.code() != ProblemCode.NOT_FOUND) { // else it has no release
                    skipped.add(spec.name() + ": " + e.message());
                }
            }
        }
        return new Found(products, skipped);
    }

    /// Nothing when no value of the column can be the subject.
    private static Optional<String> condition(ColumnContract column, String subject) {
        String name = "\"" + column.name().replace("\"", "\"\"") + "\"";
        if (column.type() == ColumnType.Primitive.STRING) {
            return subject.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(name + " = '" + subject.replace("'", "''") + "'");
        }
        try {
            return Optional.of(
                    column.type() == ColumnType.Primitive.UUID
                            ? name + " = CAST('" + UUID.fromString(subject) + "' AS UUID)"
                            : name + " = " + Long.parseLong(subject));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean hasRows(ProductName product, String condition) {
        String sql =
                "SELECT 1 AS found FROM \""
                        + product.domain()
                        + "\".\""
                        + product.name()
                        + "\" WHERE "
                        + condition
                        + " LIMIT 1";
        QueryRequest request =
                new QueryRequest(
                        ids.next(),
                        sql,
                        new Caller("sheaf", Set.of(), Set.of(), ""),
                        Optional.of(TIMEOUT),
                        OptionalLong.of(1));
        try (QueryRun run = queries.run(request)) {
            while (run.next()) {
                if (run.batch().getRowCount() > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
