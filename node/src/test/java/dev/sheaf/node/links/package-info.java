/// Tests of links, over real connections on this machine.
@NullMarked
package dev.sheaf.node.links;

import org.jspecify.annotations.NullMarked;
