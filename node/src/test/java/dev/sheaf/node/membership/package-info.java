/// Tests of membership without a network.
@NullMarked
package dev.sheaf.node.membership;

import org.jspecify.annotations.NullMarked;
