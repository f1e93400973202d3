/// Tests of drafting, over real and made-up files.
@NullMarked
package dev.sheaf.product.draft;

import org.jspecify.annotations.NullMarked;
