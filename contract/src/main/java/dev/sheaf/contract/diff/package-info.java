/// What changed between two versions of a contract, and for whom it matters.
///
/// Judges promises only; it looks at no data and refuses nothing itself.
@NullMarked
package dev.sheaf.contract.diff;

import org.jspecify.annotations.NullMarked;
