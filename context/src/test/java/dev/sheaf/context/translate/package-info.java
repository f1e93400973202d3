/// Documents and patches between versions.
@NullMarked
package dev.sheaf.context.translate;

import org.jspecify.annotations.NullMarked;
