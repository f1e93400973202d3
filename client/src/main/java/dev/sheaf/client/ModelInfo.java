package dev.sheaf.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A registered model's version.
///
/// @param region where it was registered
/// @param trainedOn as far as the caller may know
/// @param hiddenCount of products it was trained on that the caller may not know of
public record ModelInfo(
        String name,
        String version,
        String domain,
        String region,
        Optional<String> description,
        List<String> trainedOn,
        int hiddenCount,
        Map<String, String> tags,
        String registeredBy,
        Instant registeredAt) {
    public ModelInfo {
        trainedOn = List.copyOf(trainedOn);
        tags = Map.copyOf(tags);
    }
}
