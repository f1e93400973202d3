/// Publishing, from real and malicious files to releases.
@org.jspecify.annotations.NullMarked
package dev.sheaf.product.publish;
