/// One SQL over the products of a region: guarded, rewritten to what the caller may see, executed.
///
/// It decides nothing about who may see what: [TablePolicy] does, once per statement and table.
@NullMarked
package dev.sheaf.query;

import org.jspecify.annotations.NullMarked;
