/// Tests of dev.sheaf.rego.conformance.
@NullMarked
package dev.sheaf.rego.conformance;

import org.jspecify.annotations.NullMarked;
