/// What both ends of the pipe between a node and its workers agree on: frames, and the encoding of
/// requests and small results.
///
/// A frame is `int length, byte type, int request, byte[length] payload`, big-endian. The node
/// sends one request at a time and reads its answer to the end; CANCEL alone may come in between. A
/// streamed result is a row of CHUNK frames holding an Arrow IPC stream; nobody buffers it, so a
/// slow reader slows the worker through the pipe.
@NullMarked
package dev.sheaf.engine.internal;

import org.jspecify.annotations.NullMarked;
