/// How much a governed publish costs over a bare copy of the same file.
@NullMarked
package dev.sheaf.bench.publish;

import org.jspecify.annotations.NullMarked;
