/// DuckDB in a child process with hard limits, and the small protocol to speak with it.
///
/// A session is one connection in one worker process. The worker is where untrusted bytes are
/// parsed and untrusted SQL runs, so it may die: by its address-space limit, by a bug in native
/// code, by [EngineSession#cancel()]. That ends the session with a clear [dev.sheaf.kernel.Problem]
/// and nothing else. This package knows nothing of products, policies or callers; which SQL may run
/// is decided by those who open the session.
@NullMarked
package dev.sheaf.engine;

import org.jspecify.annotations.NullMarked;
