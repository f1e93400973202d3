/// How the segment log's files are laid out, read and written, and how state is kept in RocksDB.
///
/// It offers nothing to other modules, and decides nothing about when to sync, cut or scrub.
@NullMarked
package dev.sheaf.context.store.internal;

import org.jspecify.annotations.NullMarked;
