package dev.sheaf.product;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.DataProduct;
import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;

import java.util.Optional;

/// A data product as it is to be: its descriptor, the contract of its output port, and what Sheaf's
/// own `customProperties` say about its pipeline.
///
/// @param table the one schema object of the contract that this product serves
/// @param source how its input files are written
/// @param transform row-wise SQL over `input`, empty when input columns are published as they are
/// @param location root of its table's files, empty for the node's default store
public record ProductSpec(
        ProductName name,
        DataProduct descriptor,
        DataContract contract,
        TableContract table,
        SourceFormat source,
        Optional<String> transform,
        PublishSettings publish,
        Optional<String> location) {}
