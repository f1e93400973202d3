/// Data products: what is declared (apply) and what is released (publish).
///
/// Everything between a raw file and a release lives here; how a table is stored does not (see
/// `dev.sheaf.lake`), nor who may call it.
@NullMarked
package dev.sheaf.product;

import org.jspecify.annotations.NullMarked;
