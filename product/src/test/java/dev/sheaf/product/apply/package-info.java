/// Tests of manifests, plans and their application.
@NullMarked
package dev.sheaf.product.apply;

import org.jspecify.annotations.NullMarked;
