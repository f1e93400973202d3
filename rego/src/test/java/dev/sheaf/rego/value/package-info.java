/// Tests of dev.sheaf.rego.value.
@NullMarked
package dev.sheaf.rego.value;

import org.jspecify.annotations.NullMarked;
