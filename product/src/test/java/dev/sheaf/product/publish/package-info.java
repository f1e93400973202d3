/// Publishing, from real and malicious files to releases.
@NullMarked
package dev.sheaf.product.publish;

import org.jspecify.annotations.NullMarked;
