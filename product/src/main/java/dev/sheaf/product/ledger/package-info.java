/// The [ledger][dev.sheaf.product.Ledger] on a relational database: SQLite in a node's data
/// directory, or PostgreSQL.
///
/// It stores what was declared and what was run, and nothing of what a table holds. It decides
/// nothing: whether a change may be applied is known to `dev.sheaf.product.apply`.
@NullMarked
package dev.sheaf.product.ledger;

import org.jspecify.annotations.NullMarked;
