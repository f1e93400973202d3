/// Parts of traces.
@NullMarked
package dev.sheaf.node.tracing;

import org.jspecify.annotations.NullMarked;
