/// Ways to make values say less: encrypted in their own form, tokens, keyed hashes, partly covered,
/// generalised.
///
/// Pure functions of value and key. Which column gets which mask is not decided here.
@NullMarked
package dev.sheaf.governance.mask;

import org.jspecify.annotations.NullMarked;
