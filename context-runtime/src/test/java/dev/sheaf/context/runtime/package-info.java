@NullMarked
package dev.sheaf.context.runtime;

import org.jspecify.annotations.NullMarked;
