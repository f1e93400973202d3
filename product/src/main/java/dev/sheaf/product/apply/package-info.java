/// From files to declarations: manifests are read, compared with what the ledger holds, shown as a
/// plan and applied whole or not at all.
///
/// It creates no table and writes no data: tables come to be, and follow their contract, when
/// something is published. The ledger's transaction is therefore the only point at which an apply
/// takes effect.
@NullMarked
package dev.sheaf.product.apply;

import org.jspecify.annotations.NullMarked;
