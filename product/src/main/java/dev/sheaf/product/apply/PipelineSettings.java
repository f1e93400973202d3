package dev.sheaf.product.apply;

import dev.sheaf.product.PublishSettings;
import dev.sheaf.product.SourceFormat;

import java.util.Optional;

/// What a product's `sheaf.` properties say.
///
/// @param table which schema object of the contract it serves, empty for the only one
public record PipelineSettings(
        SourceFormat source,
        Optional<String> transform,
        PublishSettings publish,
        Optional<String> table,
        Optional<String> location) {
    public static final PipelineSettings DEFAULT =
            new PipelineSettings(
                    SourceFormat.DETECTED,
                    Optional.empty(),
                    PublishSettings.DEFAULT,
                    Optional.empty(),
                    Optional.empty());
}
