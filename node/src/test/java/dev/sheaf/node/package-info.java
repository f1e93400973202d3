/// A whole node, started in the test's process, spoken to over HTTP.
@NullMarked
package dev.sheaf.node;

import org.jspecify.annotations.NullMarked;
