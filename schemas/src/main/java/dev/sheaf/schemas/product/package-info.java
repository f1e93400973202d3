/// Schemas of products: what a contract's table is in Avro and JSON Schema, and how a schema
/// differs from a table. The mapping itself is that of `dev.sheaf.contract.convert`.
@NullMarked
package dev.sheaf.schemas.product;

import org.jspecify.annotations.NullMarked;
