/// What a context node keeps on disk: the log of events, which is the truth, and the documents'
/// state written behind it.
///
/// It knows bytes, streams and positions; what an event means is not its business. It starts no
/// threads except the one of [dev.sheaf.context.store.GroupCommit], reads no clock, and neither
/// replicates nor compacts by meaning. The files are specified in `spec/context-log.md`.
@NullMarked
package dev.sheaf.context.store;

import org.jspecify.annotations.NullMarked;
