/// Tests of the ledger: one contract, every database.
@NullMarked
package dev.sheaf.product.ledger;

import org.jspecify.annotations.NullMarked;
