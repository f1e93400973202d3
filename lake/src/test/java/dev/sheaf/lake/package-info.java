@NullMarked
package dev.sheaf.lake;

import org.jspecify.annotations.NullMarked;
