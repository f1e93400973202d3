/// Tests of releases and health, on a real table without rows.
@NullMarked
package dev.sheaf.product.release;

import org.jspecify.annotations.NullMarked;
