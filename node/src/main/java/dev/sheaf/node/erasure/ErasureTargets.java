package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasureOrder;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.TypeInfo;
import dev.sheaf.context.type.ContextType;
import dev.sheaf.context.type.ContextTypeReader;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.erasure.ErasureTarget.OfContext;
import dev.sheaf.node.erasure.ErasureTarget.OfProduct;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The stores that an order is about, each with what policy says of the caller.
final class ErasureTargets {
    private final Ledger ledger;
    private final ContextService contexts;
    private final Governance governance;

    ErasureTargets(Ledger ledger, ContextService contexts, Governance governance) {
        this.ledger = ledger;
        this.contexts = contexts;
        this.governance = governance;
    }

    /// @param refusal why the caller may not; empty when they may
    /// @param revision of the policies that said so
    record Judged(ErasureTarget target, Optional<String> refusal, String revision) {}

    /// In the order of their names.
    ///
    /// @throws Problem NOT_FOUND for a store that the caller may not know of, INVALID_VALUE for one
    ///   that does not say whose data it holds, FORBIDDEN when there are stores and the caller may
    ///   erase in none of them
    List<Judged> of(Principal caller, ErasureOrder order) {
        boolean all = order.products().isEmpty() && order.types().isEmpty();
        List<Judged> judged = new ArrayList<>();
        for (ErasureTarget target : all ? all() : named(order)) {
            judged.add(judge(caller, target));
        }
        judged.sort(Comparator.comparing((Judged each) -> each.target().name()));
        if (!judged.isEmpty() && judged.stream().allMatch(each -> each.refusal().isPresent())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "you may not erase in any of the stores; it takes the role privacy-officer, or"
                            + " a token of their domains");
        }
        return judged;
    }

    private List<ErasureTarget> all() {
        List<ErasureTarget> targets = new ArrayList<>();
        ledger.products().forEach(spec -> product(spec).ifPresent(targets::add));
        contexts.types().stream()
                .filter(type -> !isOfTheMesh(type.name()))
                .forEach(type -> context(type).ifPresent(targets::add));
        return targets;
    }

    private List<ErasureTarget> named(ErasureOrder order) {
        List<ErasureTarget> targets = new ArrayList<>();
        for (String name : order.products().stream().distinct().toList()) {
            ProductName product = ProductName.parse(name);
            ProductSpec spec =
                    ledger.product(product).orElseThrow(() -> none("product " + product));
            targets.add(
                    product(spec)
                            .orElseThrow(() ->
                                    unmarked(
                                            product.toString(),
                                            RowLifetime.SUBJECT + " in its contract")));
        }
        for (String name : order.types().stream().distinct().toList()) {
            TypeInfo type =
                    contexts.type(name)
                            .filter(known -> !isOfTheMesh(name))
                            .orElseThrow(() -> none("context type '" + name + "'"));
            targets.add(context(type).orElseThrow(() -> unmarked(name, "'subject' in its type")));
        }
        return targets;
    }

    /// Grants are kept as proof of who could see what; nobody sees them as documents.
    private static boolean isOfTheMesh(String type) {
        return type.startsWith("mesh.");
    }

    private static Optional<ErasureTarget> product(ProductSpec spec) {
        return RowLifetime.of(spec.table())
                .subject()
                .map(ColumnContract::name)
                .map(column -> new OfProduct(spec, column));
    }

    private static Optional<ErasureTarget> context(TypeInfo info) {
        ContextType type = ContextTypeReader.read(info.declaration(), info.name()).orThrow();
        return type.subject().isPresent() ? Optional.of(new OfContext(type)) : Optional.empty();
    }

    private Judged judge(Principal caller, ErasureTarget target) {
        Decision decision =
                switch (target) {
                    case OfProduct(ProductSpec spec, String _) ->
                            governance.decide(
                                    caller, Action.PRODUCT_ERASE, spec.name(), spec.table(), "");
                    case OfContext(ContextType type) ->
                            governance.decide(
                                    caller,
                                    Action.CONTEXT_ERASE,
                                    Resource.named(
                                            "context",
                                            type.name(),
                                            type.domain().toString(),
                                            type.name()));
                };
        return switch (decision) {
            case Decision.Allow allow -> new Judged(target, Optional.empty(), allow.revision());
            case Decision.Deny deny ->
                    new Judged(
                            target,
                            Optional.of("not allowed: " + String.join("; ", deny.reasons())),
                            deny.revision());
        };
    }

    private static Problem none(String what) {
        return new Problem(ProblemCode.NOT_FOUND, "there is no " + what + " that you may see");
    }

    private static Problem unmarked(String name, String where) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                name + " does not say whose data it holds: declare " + where + " first");
    }
}
