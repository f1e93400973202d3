package dev.sheaf.client;

import java.util.List;

/// Datasets that lineage knows of.
public record LineageDatasetList(List<LineagePlace> datasets) {
    public LineageDatasetList {
        datasets = List.copyOf(datasets);
    }
}
