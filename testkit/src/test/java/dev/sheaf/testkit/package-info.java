/// The simulator under test, and the simulations that each build runs.
@NullMarked
package dev.sheaf.testkit;

import org.jspecify.annotations.NullMarked;
