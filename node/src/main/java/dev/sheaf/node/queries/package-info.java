/// Statements over HTTP, what became of them, and what names and callers in them mean.
///
/// It runs no SQL and writes no rows; the query room does.
@NullMarked
package dev.sheaf.node.queries;

import org.jspecify.annotations.NullMarked;
