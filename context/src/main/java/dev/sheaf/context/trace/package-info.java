/// Recorded editing sessions in the formats of github.com/josephg/editing-traces, read and replayed
/// with the sequences of this engine.
///
/// Reads streams, no files; measures no time.
@NullMarked
package dev.sheaf.context.trace;

import org.jspecify.annotations.NullMarked;
