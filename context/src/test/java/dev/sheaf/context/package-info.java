@NullMarked
package dev.sheaf.context;

import org.jspecify.annotations.NullMarked;
