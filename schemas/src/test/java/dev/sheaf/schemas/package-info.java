/// Tests of schemas and their comparison.
@NullMarked
package dev.sheaf.schemas;

import org.jspecify.annotations.NullMarked;
