package dev.sheaf.node.flightsql;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;

/// A product as a client sees it: a table in the schema of its domain.
///
/// @param contract its newest
/// @param contractId of the document that it stands in
record VisibleTable(ProductName name, TableContract contract, String contractId) {}
