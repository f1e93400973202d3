package dev.sheaf.node.lineage;

import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.LineagePlace;
import dev.sheaf.client.PlanImpact;
import dev.sheaf.contract.diff.Change;
import dev.sheaf.contract.diff.Impact;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.product.apply.Plan;
import dev.sheaf.product.apply.PlannedChange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells whom a plan touches: of each product that goes, and of each column that is removed or
/// changed otherwise than in words, what is made from it and who uses it. For any thread.
public final class PlanImpacts {
    private static final int LISTED_MAX = 20;
    private static final int COLUMNS_MAX = 100;

    private final MeshLineage lineage;
    private final LineageQueries queries;

    PlanImpacts(MeshLineage lineage, LineageQueries queries) {
        this.lineage = lineage;
        this.queries = queries;
    }

    /// Only changes that touch something.
    public List<PlanImpact> of(Principal caller, Plan plan) {
        List<PlanImpact> impacts = new ArrayList<>();
        for (PlannedChange change : plan.changes()) {
            switch (change.kind()) {
                case DOMAIN -> {}
                case PRODUCT -> {
                    if (change.action() == PlannedChange.Action.DELETE) {
                        impact(caller, change.subject(), Optional.empty()).ifPresent(impacts::add);
                    }
                }
                case CONTRACT -> {
                    for (String column : columns(change)) {
                        impact(caller, change.subject(), Optional.of(column))
                                .ifPresent(impacts::add);
                    }
                }
            }
        }
        return impacts;
    }

    private Set<String> columns(PlannedChange change) {
        Set<String> columns = new LinkedHashSet<>();
        List<String> known =
                lineage.graph()
                        .columns(lineage.names().product(ProductName.parse(change.subject())));
        change.contract()
                .ifPresent(diff -> {
                    for (Change each : diff.changes()) {
                        if (each.impact() != Impact.COSMETIC
                                && each.kind() != Change.Kind.COLUMN_ADDED
                                && columns.size() < COLUMNS_MAX) {
                            column(each, known).ifPresent(columns::add);
                        }
                    }
                });
        return columns;
    }

    /// The column that a change is about, by its path `table.column` or `table.column.member`.
    private static Optional<String> column(Change change, List<String> known) {
        String path = change.path().substring(change.path().indexOf('.') + 1);
        Optional<String> longest = Optional.empty();
        for (String column : known) {
            boolean isMeant =
                    path.equals(column)
                            || (path.startsWith(column)
                                    && ".[{".indexOf(path.charAt(column.length())) >= 0);
            if (isMeant && column.length() > longest.map(String::length).orElse(0)) {
                longest = Optional.of(column);
            }
        }
        return longest.or(() ->
                change.kind() == Change.Kind.COLUMN_RENAMED
                        ? change.from().filter(known::contains)
                        : Optional.empty());
    }

    private Optional<PlanImpact> impact(Principal caller, String product, Optional<String> column) {
        ImpactAnswer answer;
        try {
            answer = queries.impact(caller, ProductName.parse(product), column, LISTED_MAX);
        } catch (Problem unknown) {
            if (unknown.code() == ProblemCode.NOT_FOUND) {
                return Optional.empty(); // not there yet, or never heard of
            }
            throw unknown;
        }
        if (answer.datasetCount() == 0 && answer.ownerCount() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new PlanImpact(
                        product,
                        column,
                        answer.products().stream().map(each -> text(each.place())).toList(),
                        answer.models().stream().map(PlanImpacts::model).toList(),
                        answer.consumers().stream()
                                .flatMap(each -> each.owner().name().stream())
                                .toList(),
                        answer.datasetCount(),
                        answer.ownerCount()));
    }

    private static String text(LineagePlace place) {
        return place.product().or(place::name).orElse("(hidden)");
    }

    private static String model(LineageOwner model) {
        return model.owner().name().orElse("(hidden)") + " in " + model.owner().region();
    }
}
