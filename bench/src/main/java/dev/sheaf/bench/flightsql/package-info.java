/// Rows over Flight SQL, against what DuckDB's own JDBC driver reads.
@org.jspecify.annotations.NullMarked
package dev.sheaf.bench.flightsql;
