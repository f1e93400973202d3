/// Search over the catalog of all regions: fills the index from what is known here, and answers for
/// a caller with what policies let them know of.
@NullMarked
package dev.sheaf.node.search;

import org.jspecify.annotations.NullMarked;
