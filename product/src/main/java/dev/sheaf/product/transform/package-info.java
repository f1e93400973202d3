/// A product's own SQL: the row-wise transform of its descriptor, and the guard that every SQL text
/// from a contract or descriptor passes, parsed and judged node by node with everything denied that
/// is not expressly allowed.
///
/// It runs nothing; it turns texts into texts.
@NullMarked
package dev.sheaf.product.transform;

import org.jspecify.annotations.NullMarked;
