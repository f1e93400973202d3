package dev.sheaf.query;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.federation.SubQueryPlan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What a statement over several regions would do, as a table: one row for each table.
final class FederatedExplain {
    private static final List<String> COLUMNS =
            List.of(
                    "table",
                    "region",
                    "strategy",
                    "release",
                    "rows",
                    "bytes",
                    "egress_cost",
                    "residency",
                    "masks",
                    "pushed",
                    "subquery");

    private static final Set<String> COUNTS = Set.of("release", "rows", "bytes");

    private final FederatedPlan plan;
    private final RegionName here;
    private final List<String> rows = new ArrayList<>();

    private FederatedExplain(FederatedPlan plan, RegionName here) {
        this.plan = plan;
        this.here = here;
    }

    /// The statement that yields it, of constants alone.
    static String sql(FederatedPlan plan, List<Part> parts, RegionName here) {
        FederatedExplain explain = new FederatedExplain(plan, here);
        plan.local().forEach(explain::addLocal);
        parts.forEach(explain::addPart);
        return "SELECT * FROM (VALUES "
                + String.join(", ", explain.rows)
                + ") AS plan("
                + COLUMNS.stream().map(SqlTypes::name).collect(Collectors.joining(", "))
                + ")";
    }

    /// A statement with the same columns.
    static String shape() {
        return COLUMNS.stream()
                .map(name ->
                        (COUNTS.contains(name) ? "0::BIGINT" : "''") + " AS " + SqlTypes.name(name))
                .collect(Collectors.joining(", ", "SELECT ", ""));
    }

    private void addLocal(GovernedTable table) {
        TableRead read = table.read();
        add(
                text(read.product()),
                text(here),
                text("local"),
                read.release() + "::BIGINT",
                "NULL::BIGINT",
                "0::BIGINT",
                text(""),
                text("stays in its region"),
                text(String.join(", ", read.masked())),
                text(read.isFiltered() ? "row filter" : ""),
                text(""));
    }

    private void addPart(Part part) {
        Fragment fragment = part.fragment();
        String sql = fragment.sql(plan.session(), Map.of());
        boolean isFirst = true;
        for (RemoteTable table : new LinkedHashSet<>(fragment.tables())) {
            SubQueryPlan.Table said =
                    part.plan().stream()
                            .flatMap(known -> known.tables().stream())
                            .filter(known -> known.product().equals(table.use().product()))
                            .findFirst()
                            .orElse(null);
            add(
                    text(table.use().product()),
                    text(fragment.region()),
                    text(part.strategy()),
                    table.product().release() + "::BIGINT",
                    isFirst && part.rows().isPresent()
                            ? part.rows().getAsLong() + "::BIGINT"
                            : "NULL::BIGINT",
                    isFirst ? part.bytes() + "::BIGINT" : "NULL::BIGINT",
                    text(isFirst ? part.cost() : ""),
                    text(said == null ? "not known" : said.residency()),
                    text(said == null ? "not known" : masks(said)),
                    text(String.join(", ", pushed(part))),
                    text(isFirst ? sql : ""));
            isFirst = false;
        }
    }

    private Set<String> pushed(Part part) {
        Set<String> pushed = new LinkedHashSet<>(part.fragment().pushed());
        if (!plan.split().edgesInto(part.fragment()).isEmpty()) {
            pushed.add("join keys, where the other side is small and may go there");
        }
        return pushed;
    }

    private static String masks(SubQueryPlan.Table said) {
        List<String> shown = new ArrayList<>(said.masked());
        if (said.isFiltered()) {
            shown.add("row filter");
        }
        return String.join(", ", shown);
    }

    private void add(String... values) {
        rows.add("(" + String.join(", ", values) + ")");
    }

    private static String text(Object value) {
        return SqlTypes.text(value.toString());
    }
}
