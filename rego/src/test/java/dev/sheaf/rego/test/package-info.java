/// Tests of dev.sheaf.rego.test.
@NullMarked
package dev.sheaf.rego.test;

import org.jspecify.annotations.NullMarked;
