/// The generators give the same for the same seed, and what they give is in the documented shape.
@NullMarked
package dev.sheaf.bench.context;

import org.jspecify.annotations.NullMarked;
