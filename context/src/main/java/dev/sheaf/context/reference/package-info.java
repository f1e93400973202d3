/// Slow, readable counterparts of what the context engine does fast. Tests hold the two against
/// each other; nothing else uses this package.
@NullMarked
package dev.sheaf.context.reference;

import org.jspecify.annotations.NullMarked;
