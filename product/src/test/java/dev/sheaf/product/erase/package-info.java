@NullMarked
package dev.sheaf.product.erase;

import org.jspecify.annotations.NullMarked;
