/// The releases of a product: history, time travel, rollback, and how it is doing.
///
/// A release is a snapshot of the product's table; what the ledger adds is who made it, from what
/// and with which quality. It publishes nothing and reads no rows.
@NullMarked
package dev.sheaf.product.release;

import org.jspecify.annotations.NullMarked;
