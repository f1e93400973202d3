@NullMarked
package dev.sheaf.foreign.spark;

import org.jspecify.annotations.NullMarked;
