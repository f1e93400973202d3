package dev.sheaf.client;

import java.util.List;

/// Models of all regions, in the order of their names.
public record ModelList(List<ModelInfo> models) {
    public ModelList {
        models = List.copyOf(models);
    }
}
