/// A stand-in under the real node's name, for tests that start and stop processes.
@NullMarked
package dev.sheaf.node;

import org.jspecify.annotations.NullMarked;
