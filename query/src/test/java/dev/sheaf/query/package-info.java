/// Tests with real workers on small releases written by the fixture.
@NullMarked
package dev.sheaf.query;

import org.jspecify.annotations.NullMarked;
