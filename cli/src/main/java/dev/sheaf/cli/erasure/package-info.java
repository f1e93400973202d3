/// Commands about erasing persons' data. They ask the node, and keep its certificates.
@NullMarked
package dev.sheaf.cli.erasure;

import org.jspecify.annotations.NullMarked;
