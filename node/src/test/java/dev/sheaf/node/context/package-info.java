/// The context API over a real listener, with a service of the tests' own behind it.
@NullMarked
package dev.sheaf.node.context;

import org.jspecify.annotations.NullMarked;
