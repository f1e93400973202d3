/// Exports of other programs.
@NullMarked
package dev.sheaf.node.spans;

import org.jspecify.annotations.NullMarked;
