/// How regions bring each other up to date: streams, gaps, watermarks, staleness, stability,
/// membership. A state machine, `(state, input) -> (state, outputs)`, after `spec/context.md`.
///
/// Pure: it opens no socket, reads no clock and starts no thread; the runtime and the simulator
/// feed it.
@NullMarked
package dev.sheaf.context.sync;

import org.jspecify.annotations.NullMarked;
