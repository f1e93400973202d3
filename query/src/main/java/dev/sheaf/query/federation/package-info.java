/// Statements over products of several regions: what is asked of each region, and how the answers
/// become one.
@NullMarked
package dev.sheaf.query.federation;

import org.jspecify.annotations.NullMarked;
