package dev.sheaf.client;

import java.util.List;
import java.util.Optional;

/// What is reached from a dataset, a column, a job or a model.
///
/// @param start absent when a job or a model was asked about
/// @param direction `upstream` or `downstream`
/// @param columns that are known of the dataset, when all of it was asked about; at most a thousand
/// @param jobs whoever reads and writes
/// @param datasetCount of all, those that are hidden or not listed too
/// @param columnCount likewise
/// @param ownerCount of jobs, models and consumers, likewise
/// @param truncated whether more is reached than is listed
public record LineageAnswer(
        Optional<LineagePlace> start,
        String direction,
        List<String> columns,
        List<LineageDataset> datasets,
        List<LineageOwner> jobs,
        List<LineageOwner> models,
        List<LineageOwner> consumers,
        int datasetCount,
        int columnCount,
        int ownerCount,
        boolean truncated) {
    public LineageAnswer {
        columns = List.copyOf(columns);
        datasets = List.copyOf(datasets);
        jobs = List.copyOf(jobs);
        models = List.copyOf(models);
        consumers = List.copyOf(consumers);
    }
}
