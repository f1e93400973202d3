package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasureOrder;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DeclaredType;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.RowLifetime;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.erasure.ErasureTarget.OfContext;
import dev.sheaf.node.erasure.ErasureTarget.OfProduct;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The stores that an order is about, each with what policy says of the caller.
final class ErasureTargets {
    private static final String HIDDEN = "(hidden)";

    private final Ledger ledger;
    private final ContextService contexts;
    private final Governance governance;
    private final GovernedContexts governedContexts;

    ErasureTargets(
            Ledger ledger,
            ContextService contexts,
            Governance governance,
            GovernedContexts governedContexts) {
        this.ledger = ledger;
        this.contexts = contexts;
        this.governance = governance;
        this.governedContexts = governedContexts;
    }

    /// @param refusal why the caller may not; empty when they may
    /// @param revision of the policies that said so
    /// @param name as the caller may see it
    record Judged(ErasureTarget target, String name, Optional<String> refusal, String revision) {
        Judged(ErasureTarget target, Optional<String> refusal, String revision) {
            this(target, target.name(), refusal, revision);
        }

        /// Of a store that the caller may not know of: it holds persons' data, so that the erasure
        /// is not complete, and that is all they hear.
        Judged hidden() {
            return new Judged(
                    target, HIDDEN, Optional.of("not allowed, and not visible to you"), revision);
        }
    }

    /// In the order of their names.
    ///
    /// @throws Problem NOT_FOUND for a store that the caller may not know of, INVALID_VALUE for one
    ///   that does not say whose data it holds, FORBIDDEN when there are stores and the caller may
    ///   erase in none of them
    List<Judged> of(Principal caller, ErasureOrder order) {
        boolean all = order.products().isEmpty() && order.types().isEmpty();
        List<Judged> judged = new ArrayList<>();
        for (ErasureTarget target : all ? all() : named(order)) {
            Judged each = judge(caller, target);
            boolean isHidden = each.refusal().isPresent() && isHidden(caller, target);
            if (isHidden && !all) {
                throw none(
                        switch (target) {
                            case OfProduct product -> "product " + product.name();
                            case OfContext context -> "context type '" + context.name() + "'";
                        });
            }
            judged.add(isHidden ? each.hidden() : each);
        }
        judged.sort(Comparator.comparing(Judged::name));
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
                .flatMap(type -> contexts.declared(type.name()).stream())
                .flatMap(type -> context(type).stream())
                .forEach(targets::add);
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
            DeclaredType type =
                    contexts.declared(name).orElseThrow(() -> none("context type '" + name + "'"));
            targets.add(context(type).orElseThrow(() -> unmarked(name, "'subject' in its type")));
        }
        return targets;
    }

    private static Optional<ErasureTarget> product(ProductSpec spec) {
        return RowLifetime.of(spec.table())
                .subject()
                .map(ColumnContract::name)
                .map(column -> new OfProduct(spec, column));
    }

    private static Optional<ErasureTarget> context(DeclaredType type) {
        return type.type().subject().isPresent()
                ? Optional.of(new OfContext(type))
                : Optional.empty();
    }

    private Judged judge(Principal caller, ErasureTarget target) {
        return switch (decide(caller, target, Action.PRODUCT_ERASE, Action.CONTEXT_ERASE)) {
            case Decision.Allow allow -> new Judged(target, Optional.empty(), allow.revision());
            case Decision.Deny deny ->
                    new Judged(
                            target,
                            Optional.of("not allowed: " + String.join("; ", deny.reasons())),
                            deny.revision());
        };
    }

    private boolean isHidden(Principal caller, ErasureTarget target) {
        return decide(caller, target, Action.PRODUCT_DESCRIBE, Action.CONTEXT_READ)
                instanceof Decision.Deny;
    }

    private Decision decide(
            Principal caller, ErasureTarget target, Action onProduct, Action onContext) {
        return switch (target) {
            case OfProduct(ProductSpec spec, String _) ->
                    governance.decide(caller, onProduct, spec, "");
            case OfContext(DeclaredType type) ->
                    governedContexts.decide(caller, onContext, type, "");
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
