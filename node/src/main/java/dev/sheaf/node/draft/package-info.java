/// The process that reads sample files for the command line. Holds its beginning and nothing else:
/// what it does is in `dev.sheaf.product.draft`.
@NullMarked
package dev.sheaf.node.draft;

import org.jspecify.annotations.NullMarked;
