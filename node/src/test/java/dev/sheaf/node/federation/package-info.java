/// Sub-queries over real connections.
@NullMarked
package dev.sheaf.node.federation;

import org.jspecify.annotations.NullMarked;
