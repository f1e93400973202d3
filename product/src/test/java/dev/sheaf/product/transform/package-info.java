/// Tests of what transforms tell about themselves.
@NullMarked
package dev.sheaf.product.transform;

import org.jspecify.annotations.NullMarked;
