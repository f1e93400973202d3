/// The listener with routes that do little.
@NullMarked
package dev.sheaf.node.http;

import org.jspecify.annotations.NullMarked;
