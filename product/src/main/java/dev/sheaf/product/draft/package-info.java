/// Measures a sample file for the draft of a contract.
///
/// The file is read by an engine session, in a worker, like every file that nobody vouches for;
/// what follows from the measurements is decided in `dev.sheaf.contract.draft`.
@NullMarked
package dev.sheaf.product.draft;

import org.jspecify.annotations.NullMarked;
