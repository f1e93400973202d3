package dev.sheaf.node.config;

import java.nio.file.Path;
import java.util.Optional;

/// What moving data between regions costs.
public record CostsConfig(
        @Setting(
                        "YAML file with prices of one's own (docs/costs.md); its clouds take the"
                                + " place of those of the list prices that come with Sheaf.")
                Optional<Path> priceBook) {}
