/// Tests of dev.sheaf.rego.syntax.
@NullMarked
package dev.sheaf.rego.syntax;

import org.jspecify.annotations.NullMarked;
