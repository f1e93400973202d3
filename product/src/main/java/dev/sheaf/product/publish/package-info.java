/// From input files to a release: the one place where reading, checking, judging, writing and
/// recording come together, one run at a time for each product.
///
/// The release is the table's snapshot; the ledger's run points at it. Whatever happens between,
/// [dev.sheaf.product.publish.Publisher#recover] finds out from the snapshot and clears the rest.
@NullMarked
package dev.sheaf.product.publish;

import org.jspecify.annotations.NullMarked;
