/// A running context node: threads that own shards, over log, state and synchronisation.
///
/// It serves no requests and opens no sockets: the node room does.
@NullMarked
package dev.sheaf.context.runtime;

import org.jspecify.annotations.NullMarked;
