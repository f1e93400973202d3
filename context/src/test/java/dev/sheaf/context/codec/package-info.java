@NullMarked
package dev.sheaf.context.codec;

import org.jspecify.annotations.NullMarked;
