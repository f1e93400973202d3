/// Sub-queries between regions: what one region asks another, over Arrow Flight on the port of
/// links, and what it answers (spec/federation.md).
///
/// It splits no statement and joins no results, the query room does; it decides nothing itself, but
/// asks the same policies as every other door.
@NullMarked
package dev.sheaf.node.federation;

import org.jspecify.annotations.NullMarked;
