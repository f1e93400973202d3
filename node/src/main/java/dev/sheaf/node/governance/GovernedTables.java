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
        return switch (governance.decide(
                Governance.subject(caller.subject(), caller.roles(), caller.domains()),
                Action.PRODUCT_QUERY,
                governance.resource(product, table),
                caller.purpose(),
                ENGINE)) {
            case dev.sheaf.governance.decision.Decision.Deny denied ->
                    new Decision.Deny(String.join("; ", denied.reasons()));
            case dev.sheaf.governance.decision.Decision.Allow allowed ->
                    new Decision.Allow(
                            expressions(allowed.masks(), table), filter(allowed.filters()));
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
