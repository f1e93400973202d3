/// The values that Rego computes with: JSON's, and sets. Immutable, with one total order.
///
/// Does not know expressions, variables or documents; see [dev.sheaf.rego.value.JsonValues] for the
/// way from and to JSON.
@NullMarked
package dev.sheaf.rego.value;

import org.jspecify.annotations.NullMarked;
