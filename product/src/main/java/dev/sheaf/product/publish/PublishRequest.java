package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;

import java.util.List;

/// @param runId unique, safe in a path; see [RunIds]
/// @param inputs local paths of files and folders, and object-store URIs
/// @param startedBy who asked, for the record
/// @param dryRun true to do everything but write and commit
public record PublishRequest(
        String runId, ProductName product, List<String> inputs, String startedBy, boolean dryRun) {
    public PublishRequest {
        inputs = List.copyOf(inputs);
        if (!runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException("run id '" + runId + "'");
        }
    }
}
