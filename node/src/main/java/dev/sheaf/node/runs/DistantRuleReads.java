package dev.sheaf.node.runs;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.publish.DistantReleases;
import dev.sheaf.query.Caller;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.QueryService;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.federation.RemoteCatalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// What quality rules read of products that are at home in other regions. It is asked for like any
/// statement, in the name of whoever publishes and for the purpose `quality rules of PRODUCT`: the
/// home decides what they see. For any thread.
public final class DistantRuleReads {
    /// Of a region alone.
    public static final DistantRuleReads NONE = new DistantRuleReads();

    private final RemoteCatalog catalog;
    private final Optional<QueryService> queries;
    private final Supplier<String> ids;

    private DistantRuleReads() {
        this.catalog = RemoteCatalog.NONE;
        this.queries = Optional.empty();
        this.ids = () -> "";
    }

    /// @param ids of statements
    public DistantRuleReads(RemoteCatalog catalog, QueryService queries, Supplier<String> ids) {
        this.catalog = catalog;
        this.queries = Optional.of(queries);
        this.ids = ids;
    }

    DistantReleases of(PublishOrder order) {
        return (product, folder) ->
                catalog.find(product, new AsOf.Current()).isEmpty()
                        ? Optional.empty()
                        : queries.map(service -> fetched(service, order, product, folder));
    }

    private Path fetched(
            QueryService service, PublishOrder order, ProductName product, Path folder) {
        Principal caller = order.caller();
        QueryRequest request =
                QueryRequest.of(
                                ids.get(),
                                "SELECT * FROM \""
                                        + product.domain()
                                        + "\".\""
                                        + product.name()
                                        + '"',
                                new Caller(
                                        caller.subject(),
                                        caller.roles(),
                                        caller.domains(),
                                        "quality rules of " + order.product()))
                        .across(false, Optional.empty(), order.credential())
                        .traced(order.span().header());
        Path made = service.runToParquet(request);
        Path file = folder.resolve(product + ".elsewhere.parquet");
        try {
            return Files.move(made, file);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED, file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
