/// Tests of dev.sheaf.rego.engine.
@NullMarked
package dev.sheaf.rego.engine;

import org.jspecify.annotations.NullMarked;
