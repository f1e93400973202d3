package dev.sheaf.node.governance;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.Caller;
import dev.sheaf.query.TablePolicy;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks the policies in force about what callers want of this node. The same question has the same
/// answer at each door. For any thread.
public final class Governance implements TablePolicy {
    private static final String ENGINE = "duckdb";

    private final Decider decider;
    private final GrantSource grants;
    private final ProductResources products;
    private final MaskSql masks;
    private final String region;
    private final Clock clock;

    /// @param region of this node, to which answers go
    public Governance(
            Decider decider, GrantSource grants, MaskSql masks, String region, Clock clock) {
        this.decider = decider;
        this.grants = grants;
        this.products = new ProductResources(region);
        this.masks = masks;
        this.region = region;
        this.clock = clock;
    }

    /// @param purpose as the caller says; empty when they do not
    public Decision decide(
            Principal caller,
            Action action,
            ProductName product,
            TableContract table,
            String purpose) {
        return decide(
                subject(caller.subject(), caller.roles(), caller.domains()),
                action,
                products.of(product, table),
                purpose,
                "");
    }

    private Decision decide(
            Subject subject, Action action, Resource resource, String purpose, String engine) {
        Circumstances circumstances =
                new Circumstances(
                        clock.instant(),
                        purpose,
                        region,
                        engine,
                        grants.of(subject.id(), resource.id()));
        return decider.decide(new Question(subject, action, resource, circumstances));
    }

    private static Subject subject(String id, Set<String> roles, Set<String> domains) {
        return new Subject(id, "user", Set.of(), roles, domains);
    }

    // --- statements

    @Override
    public TablePolicy.Decision decide(Caller caller, ProductName product, TableContract table) {
        Decision decision =
                decide(
                        subject(caller.subject(), caller.roles(), caller.domains()),
                        Action.PRODUCT_QUERY,
                        products.of(product, table),
                        caller.purpose(),
                        ENGINE);
        return switch (decision) {
            case Decision.Deny(List<String> reasons, String revision) ->
                    new TablePolicy.Decision.Deny(String.join("; ", reasons));
            case Decision.Allow(
                            List<String> reasons,
                            Map<String, Mask> shown,
                            List<String> filters,
                            String revision) ->
                    new TablePolicy.Decision.Allow(expressions(shown, table), filter(filters));
        };
    }

    private Map<String, String> expressions(Map<String, Mask> shown, TableContract table) {
        Map<String, String> expressions = new HashMap<>();
        for (ColumnContract column : table.columns()) {
            Mask mask = shown.get(column.name());
            if (mask != null) {
                expressions.put(
                        column.name(),
                        masks.expression(mask, column.name(), DuckTypes.toSql(column.type())));
            }
        }
        return expressions;
    }

    private static Optional<String> filter(List<String> filters) {
        return filters.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        filters.stream().collect(Collectors.joining(") AND (", "(", ")")));
    }
}
