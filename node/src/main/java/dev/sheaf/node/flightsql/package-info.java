/// Arrow Flight SQL for JDBC and ADBC clients: who calls, what there is, statements and their rows.
/// Statements run as over HTTP, by the same service under the same policies and on the same
/// records. It does not know how statements are governed or run, takes no writes, and has nothing
/// to do with the Flight service between regions ([dev.sheaf.node.federation]).
@NullMarked
package dev.sheaf.node.flightsql;

import org.jspecify.annotations.NullMarked;
