/// Tests of policies that are policies themselves: rules whose names begin with `test_`, as OPA
/// takes them; coverage, and traces of what failed.
@NullMarked
package dev.sheaf.rego.test;

import org.jspecify.annotations.NullMarked;
