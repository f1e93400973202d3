/// Finds what may be personal data: in samples of a column, and in free text.
///
/// Pure, without machine learning: check digits, forms, context and small lists of words of our own
/// (in this package's resources, which say where they come from). A finding is a proposal for a
/// person; no finding is no clearance. Raw values never leave this package.
@NullMarked
package dev.sheaf.governance.classify;

import org.jspecify.annotations.NullMarked;
