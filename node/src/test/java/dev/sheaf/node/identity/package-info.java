/// Tokens good and bad.
@NullMarked
package dev.sheaf.node.identity;

import org.jspecify.annotations.NullMarked;
