/// Tests of trace replay, on recorded sessions and on sessions made at random.
@NullMarked
package dev.sheaf.context.trace;

import org.jspecify.annotations.NullMarked;
