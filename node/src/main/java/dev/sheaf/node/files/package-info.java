/// Files of the data directory.
@NullMarked
package dev.sheaf.node.files;

import org.jspecify.annotations.NullMarked;
