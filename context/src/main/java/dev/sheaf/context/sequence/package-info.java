/// Ordered lists that several replicas write at once: FugueMax sequences of values or of text, kept
/// as runs in a counted B-tree.
///
/// It knows nothing of documents, events or JSON: callers hand in dots and neighbours. It does not
/// check causality and keeps no log.
@NullMarked
package dev.sheaf.context.sequence;

import org.jspecify.annotations.NullMarked;
