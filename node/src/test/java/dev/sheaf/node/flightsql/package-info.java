/// Parts of the Flight SQL endpoint.
@NullMarked
package dev.sheaf.node.flightsql;

import org.jspecify.annotations.NullMarked;
