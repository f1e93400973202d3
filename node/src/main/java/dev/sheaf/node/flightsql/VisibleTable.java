package dev.sheaf.node.flightsql;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.ProductName;

/// A product as a client sees it: a table in the schema of its domain.
///
/// @param contract its newest
record VisibleTable(ProductName name, TableContract contract) {}
