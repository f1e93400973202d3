/// What is there to read: `products`, `describe`, `sample`, `health`, `releases`, `rollback`.
@NullMarked
package dev.sheaf.cli.product;

import org.jspecify.annotations.NullMarked;
