/// Three nodes on this machine, disturbed on purpose while they are written to, and what was
/// acknowledged compared with what is there afterwards.
@NullMarked
package dev.sheaf.bench.context.regions;

import org.jspecify.annotations.NullMarked;
