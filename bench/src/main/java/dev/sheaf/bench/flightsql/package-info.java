/// Rows over Flight SQL, against what DuckDB's own JDBC driver reads.
@NullMarked
package dev.sheaf.bench.flightsql;

import org.jspecify.annotations.NullMarked;
