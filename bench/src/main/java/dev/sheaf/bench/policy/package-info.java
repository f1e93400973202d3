/// What decisions cost: the standard pack in the process against the same pack asked of an OPA
/// server, and how long policies take to load.
@NullMarked
package dev.sheaf.bench.policy;

import org.jspecify.annotations.NullMarked;
