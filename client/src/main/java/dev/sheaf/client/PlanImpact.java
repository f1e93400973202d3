package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// Who is touched by a planned change. What the caller may not know of is counted only.
///
/// @param product that changes
/// @param column of it; absent when all of it goes
/// @param products that are made from it
/// @param models trained on it or on what is made from it, `NAME/VERSION in REGION`
/// @param consumers who ask queries that read it, as far as the caller may know who
/// @param datasetCount of all products and datasets that are made from it
/// @param ownerCount of all jobs, models and consumers
public record PlanImpact(
        String product,
        Optional<String> column,
        List<String> products,
        List<String> models,
        List<String> consumers,
        int datasetCount,
        int ownerCount) {
    public PlanImpact {
        products = List.copyOf(products);
        models = List.copyOf(models);
        consumers = List.copyOf(consumers);
    }
}
