/// Statements under way, and rows on their way to callers: JSON, NDJSON, CSV, Arrow.
///
/// It runs no SQL and decides nothing about rows; the query room does.
@NullMarked
package dev.sheaf.node.queries;

import org.jspecify.annotations.NullMarked;
