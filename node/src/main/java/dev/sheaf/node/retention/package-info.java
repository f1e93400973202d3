/// Retention: what contracts say how long it is kept goes when its time is over.
///
/// It says when and what; how rows and releases are taken out of a product is
/// `dev.sheaf.product.erase`. Documents of context types end by themselves, in the context.
@NullMarked
package dev.sheaf.node.retention;

import org.jspecify.annotations.NullMarked;
