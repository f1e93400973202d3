package dev.sheaf.node.lineage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a model's version is said anew; the rest stays.
///
/// @param description empty to leave it; an empty text takes it away
/// @param tags those that change; one without a value goes
/// @param trainedOn `domain.product` or `domain.product.column`, instead of all before
record ModelChange(
        Optional<String> description,
        Map<String, Optional<String>> tags,
        Optional<List<String>> trainedOn) {
    ModelChange {
        tags = Map.copyOf(tags);
        trainedOn = trainedOn.map(List::copyOf);
    }

    static ModelChange ofDescription(String text) {
        return new ModelChange(Optional.of(text), Map.of(), Optional.empty());
    }

    static ModelChange ofTag(String key, Optional<String> value) {
        return new ModelChange(Optional.empty(), Map.of(key, value), Optional.empty());
    }

    static ModelChange ofTrainedOn(List<String> products) {
        return new ModelChange(Optional.empty(), Map.of(), Optional.of(products));
    }
}
