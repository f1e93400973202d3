package dev.sheaf.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Sheaf understands of an ODCS document
/// (https://bitol-io.github.io/open-data-contract-standard).
///
/// @param source the document, byte for byte as it came
/// @param apiVersion the version of ODCS it declares, for example `v3.1.0`
/// @param id the contract's identifier
/// @param version the contract's own version, as written
/// @param status as written, for example `active`
/// @param tables the `schema` objects, in order
/// @param slaProperties in order
/// @param customProperties by name; values are JSON values (a later one of the same name wins)
public record DataContract(
        Source source,
        String apiVersion,
        String id,
        String version,
        String status,
        Optional<String> name,
        Optional<String> domain,
        Optional<String> dataProduct,
        List<TableContract> tables,
        List<SlaProperty> slaProperties,
        Map<String, Object> customProperties) {
    public DataContract {
        tables = List.copyOf(tables);
        slaProperties = List.copyOf(slaProperties);
        customProperties = Map.copyOf(customProperties);
    }
}
