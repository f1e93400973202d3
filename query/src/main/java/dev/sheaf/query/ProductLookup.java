package dev.sheaf.query;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.TablePolicy.Decision;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.TableResolver.ResolvedTable;
import dev.sheaf.query.federation.RemoteCatalog;
import dev.sheaf.query.federation.RemoteProduct;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The products of one statement as its caller may know them. Each is decided upon once, whatever
/// the number of its uses; a product that the caller may not know of is treated exactly as one that
/// is not there.
final class ProductLookup {
    private static final int SUGGESTIONS_MAX = 3;

    private final TableResolver resolver;
    private final RemoteCatalog catalog;
    private final TablePolicy policy;
    private final Caller caller;
    private final ReadListener listener;
    private final Map<ProductName, Decision> decisions = new HashMap<>();
    private final Map<TableUse, GovernedTable> tables = new LinkedHashMap<>();
    private final Map<TableUse, RemoteTable> remote = new LinkedHashMap<>();

    ProductLookup(
            TableResolver resolver,
            RemoteCatalog catalog,
            TablePolicy policy,
            Caller caller,
            ReadListener listener) {
        this.resolver = resolver;
        this.catalog = catalog;
        this.policy = policy;
        this.caller = caller;
        this.listener = listener;
    }

    List<GovernedTable> tables() {
        return List.copyOf(tables.values());
    }

    /// Those of other regions, which decide for themselves.
    List<RemoteTable> remote() {
        return List.copyOf(remote.values());
    }

    /// The product of a name as written, case and underscores apart.
    ///
    /// @throws Problem NOT_FOUND, with names that may have been meant; FORBIDDEN for a product that
    ///   the caller may know of
    ProductName find(List<String> written, AsOf asOf) {
        Optional<ProductName> name = nameOf(written);
        Optional<ResolvedTable> table = name.flatMap(product -> resolver.resolve(product, asOf));
        if (name.isPresent() && table.isPresent()) {
            switch (decide(name.get(), table.get().contract())) {
                case Decision.Allow allow -> {
                    TableUse use = new TableUse(name.get(), asOf);
                    tables.computeIfAbsent(use, key -> governed(key, table.get(), allow));
                    return name.get();
                }
                case Decision.Refuse(String reason) -> {
                    listener.refused(name.get());
                    throw new Problem(
                            ProblemCode.FORBIDDEN,
                            "you may not read " + name.get() + ": " + reason);
                }
                case Decision.Deny _ -> listener.refused(name.get());
            }
        } else if (name.filter(this::isReadable).isPresent()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    resolver.whyGone(name.get(), asOf)
                            .map(why -> why + "; see its releases for what there is")
                            .orElseGet(() -> noRelease(name.get(), asOf)));
        } else if (name.isPresent()) {
            Optional<RemoteProduct> elsewhere = catalog.find(name.get(), asOf);
            if (elsewhere.isPresent()) {
                TableUse use = new TableUse(name.get(), asOf);
                remote.computeIfAbsent(use, key -> new RemoteTable(key, elsewhere.get(), written));
                return name.get();
            }
        }
        throw new Problem(ProblemCode.NOT_FOUND, notFound(written));
    }

    private static GovernedTable governed(TableUse use, ResolvedTable table, Decision.Allow allow) {
        return new GovernedTable(
                use.viewName(), table, table.table().schema(table.snapshotId()), allow);
    }

    private Decision decide(ProductName product, TableContract contract) {
        return decisions.computeIfAbsent(product, name -> policy.decide(caller, name, contract));
    }

    private static String noRelease(ProductName product, AsOf asOf) {
        return switch (asOf) {
            case AsOf.Current() -> product + " has no release yet; it can be read once it has one";
            case AsOf.Release(long number) ->
                    product + " has no release " + number + "; see its releases for what there is";
            case AsOf.At(Instant instant) ->
                    product
                            + " had no release at "
                            + instant
                            + "; see its releases for what there is";
        };
    }

    private boolean isReadable(ProductName product) {
        return resolver.contract(product)
                .map(contract -> decide(product, contract))
                .filter(Decision.Allow.class::isInstance)
                .isPresent();
    }

    private static Optional<ProductName> nameOf(List<String> written) {
        if (written.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ProductName.parse(
                            normal(written.getFirst()) + "." + normal(written.getLast())));
        } catch (Problem e) {
            return Optional.empty(); // no product can have that name
        }
    }

    /// What is said of a name that stands for nothing, or for nothing that the caller may know of.
    String notFound(List<String> written) {
        String name = String.join(".", written);
        String wanted = normal(name);
        List<String> near =
                resolver.products().stream()
                        .filter(product -> isNear(wanted, product))
                        .sorted(Comparator.comparingInt(product -> distance(wanted, product)))
                        .filter(this::isReadable)
                        .limit(SUGGESTIONS_MAX)
                        .map(ProductName::toString)
                        .toList();
        return "there is no product "
                + ErrorTexts.shown(name)
                + (near.isEmpty()
                        ? "; products are named domain.product, and those you may read are listed"
                                + " by 'sheaf products'"
                        : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static boolean isNear(String wanted, ProductName product) {
        return wanted.equals(product.name())
                || distance(wanted, product) <= 1 + product.toString().length() / 5;
    }

    private static int distance(String wanted, ProductName product) {
        int dot = wanted.lastIndexOf('.');
        return wanted.substring(dot + 1).equals(product.name())
                ? 1
                : EditDistance.between(wanted, product.toString());
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
