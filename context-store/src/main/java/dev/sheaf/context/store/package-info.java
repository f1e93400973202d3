/// What a context node keeps on disk: the log of events, which is the truth, and the documents'
/// state written behind it.
///
/// It knows bytes, streams and positions; what an event means is not its business.
@NullMarked
package dev.sheaf.context.store;

import org.jspecify.annotations.NullMarked;
