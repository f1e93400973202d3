/// The worker process: the only code that loads DuckDB. It serves one node over standard input and
/// output, one session at a time, and ends when its input ends.
@NullMarked
package dev.sheaf.engine.internal.worker;

import org.jspecify.annotations.NullMarked;
