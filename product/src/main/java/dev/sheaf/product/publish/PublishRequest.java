package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;

import java.util.List;
import java.util.Map;

/// @param runId unique, safe in a path; see [RunIds]
/// @param inputs local paths of files and folders, and object-store URIs
/// @param names what reports and quarantine call an input, where that is not its location: an
///   uploaded file has the name it was sent under, not the path at which it waits
/// @param startedBy who asked, for the record
/// @param dryRun true to do everything but write and commit
public record PublishRequest(
        String runId,
        ProductName product,
        List<String> inputs,
        Map<String, String> names,
        String startedBy,
        boolean dryRun) {
    /// Inputs are called as they are located.
    public PublishRequest(
            String runId,
            ProductName product,
            List<String> inputs,
            String startedBy,
            boolean dryRun) {
        this(runId, product, inputs, Map.of(), startedBy, dryRun);
    }

    public PublishRequest {
        inputs = List.copyOf(inputs);
        names = Map.copyOf(names);
        if (!runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException("run id '" + runId + "'");
        }
    }
}
