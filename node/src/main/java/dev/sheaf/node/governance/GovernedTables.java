package dev.sheaf.node.governance;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.DuckTypes;
import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Mask;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.Caller;
import dev.sheaf.query.TablePolicy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What statements see of products: the policies' masks and filters, as SQL.
public final class GovernedTables implements TablePolicy {
    private static final String ENGINE = "duckdb";

    private final Governance governance;
    private final MaskSql masks;

    public GovernedTables(Governance governance, MaskSql masks) {
        this.governance = governance;
        this.masks = masks;
    }

    @Override
    public Decision decide(Caller caller, ProductName product, TableContract table) {
        return switch (ask(caller, Action.PRODUCT_QUERY, product, table)) {
            case dev.sheaf.governance.decision.Decision.Deny denied ->
                    refusal(denied, ask(caller, Action.PRODUCT_DESCRIBE, product, table));
            case dev.sheaf.governance.decision.Decision.Allow allowed ->
                    new Decision.Allow(
                            expressions(allowed.masks(), table),
                            filter(allowed.filters()),
                            allowed.revision());
        };
    }

    /// What policies say, with their reasons and the kinds of masks.
    public dev.sheaf.governance.decision.Decision ask(
            Caller caller, Action action, ProductName product, TableContract table) {
        return governance.decide(
                Governance.subject(caller.subject(), caller.roles(), caller.domains()),
                action,
                governance.release(product, table),
                caller.purpose(),
                caller.destination(),
                ENGINE);
    }

    private static Decision refusal(
            dev.sheaf.governance.decision.Decision.Deny denied,
            dev.sheaf.governance.decision.Decision seen) {
        return switch (seen) {
            case dev.sheaf.governance.decision.Decision.Deny _ -> new Decision.Deny();
            case dev.sheaf.governance.decision.Decision.Allow _ ->
                    new Decision.Refuse(
                            String.join("; ", denied.reasons())
                                    + ". A grant counts for the purpose that it names, word for"
                                    + " word; 'sheaf access list' shows yours, 'sheaf access"
                                    + " request' asks for one");
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
                : Optional.of(filters.stream().collect(Collectors.joining(") AND (", "(", ")")));
    }
}
