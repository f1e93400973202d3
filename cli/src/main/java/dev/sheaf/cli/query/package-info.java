/// From SQL to rows: `sql`, `sample`, `quarantine`, and how results are drawn or written.
///
/// SQL is checked and run by the node. The only thing done to a statement here is `--as-of`.
@NullMarked
package dev.sheaf.cli.query;

import org.jspecify.annotations.NullMarked;
