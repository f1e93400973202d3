package dev.sheaf.client;

import java.util.List;

/// A contract that a change touches.
///
/// @param product whose contract it is
/// @param region its home
/// @param contract its id
/// @param columns of the contract that are touched; empty with `whole`
/// @param whole whether all of it is, or it is not known which columns are
public record ImpactContract(
        String product,
        String region,
        String contract,
        String version,
        List<String> columns,
        boolean whole) {
    public ImpactContract {
        columns = List.copyOf(columns);
    }
}
