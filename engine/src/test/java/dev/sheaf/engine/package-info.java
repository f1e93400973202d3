/// Tests against real worker processes.
@NullMarked
package dev.sheaf.engine;

import org.jspecify.annotations.NullMarked;
