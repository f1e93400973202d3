/// How soon regions know of each other's products.
@NullMarked
package dev.sheaf.bench.registry;

import org.jspecify.annotations.NullMarked;
