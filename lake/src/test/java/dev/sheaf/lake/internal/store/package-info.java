@NullMarked
package dev.sheaf.lake.internal.store;

import org.jspecify.annotations.NullMarked;
