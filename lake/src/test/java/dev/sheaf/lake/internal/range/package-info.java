@NullMarked
package dev.sheaf.lake.internal.range;

import org.jspecify.annotations.NullMarked;
