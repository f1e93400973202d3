package dev.sheaf.client;

import java.util.List;

/// What a change of a product, or of a column of it, touches: in all regions, as far as it is known
/// here. What the caller may not know of is counted and has no name.
///
/// @param products that are made from it
/// @param datasets that are no products
/// @param contracts of the products, and of the changed one itself
/// @param truncated whether more is touched than is listed
public record ImpactAnswer(
        LineagePlace start,
        List<LineageDataset> products,
        List<LineageDataset> datasets,
        List<LineageOwner> jobs,
        List<LineageOwner> models,
        List<LineageOwner> consumers,
        List<ImpactContract> contracts,
        int datasetCount,
        int columnCount,
        int ownerCount,
        boolean truncated) {
    public ImpactAnswer {
        products = List.copyOf(products);
        datasets = List.copyOf(datasets);
        jobs = List.copyOf(jobs);
        models = List.copyOf(models);
        consumers = List.copyOf(consumers);
        contracts = List.copyOf(contracts);
    }
}
