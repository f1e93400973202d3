package dev.sheaf.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Sheaf understands of an ODPS document
/// (https://bitol-io.github.io/open-data-product-standard).
///
/// @param source the document, byte for byte as it came
/// @param outputPorts in order
/// @param customProperties by name; Sheaf's own begin with `sheaf.`
public record DataProduct(
        Source source,
        String apiVersion,
        String id,
        Optional<String> name,
        Optional<String> version,
        String status,
        Optional<String> domain,
        Optional<String> purpose,
        List<OutputPort> outputPorts,
        List<String> inputContractIds,
        Map<String, Object> customProperties) {
    public DataProduct {
        outputPorts = List.copyOf(outputPorts);
        inputContractIds = List.copyOf(inputContractIds);
        customProperties = Map.copyOf(customProperties);
    }

    /// @param contractId the `id` of the ODCS contract that the port keeps
    public record OutputPort(
            String name,
            Optional<String> version,
            Optional<String> contractId,
            Map<String, Object> customProperties) {
        public OutputPort {
            customProperties = Map.copyOf(customProperties);
        }
    }
}
