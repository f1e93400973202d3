/// The node's log: structured lines, one JSON object each, in files that are put aside when they
/// are large.
///
/// The only package that knows the logging backend.
@NullMarked
package dev.sheaf.node.logs;

import org.jspecify.annotations.NullMarked;
