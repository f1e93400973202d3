/// JSON by value.
@NullMarked
package dev.sheaf.context.json;

import org.jspecify.annotations.NullMarked;
