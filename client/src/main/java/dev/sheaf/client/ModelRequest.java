package dev.sheaf.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An AI model's version and what it was trained on.
///
/// @param name without `/`
/// @param domain whose model it is
/// @param trainedOn `domain.product` or `domain.product.column`
public record ModelRequest(
        String name,
        String version,
        String domain,
        Optional<String> description,
        List<String> trainedOn,
        Map<String, String> tags) {
    public ModelRequest {
        trainedOn = List.copyOf(trainedOn);
        tags = Map.copyOf(tags);
    }
}
