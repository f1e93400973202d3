/// Tests of what is known of schemas.
@NullMarked
package dev.sheaf.node.schemas;

import org.jspecify.annotations.NullMarked;
