/// Tests of the functions, called with values and without an evaluator, and against OPA's cases.
@NullMarked
package dev.sheaf.rego.builtin;

import org.jspecify.annotations.NullMarked;
