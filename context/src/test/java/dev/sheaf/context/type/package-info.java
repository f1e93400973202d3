/// How declarations are read, and what follows from them.
@NullMarked
package dev.sheaf.context.type;

import org.jspecify.annotations.NullMarked;
