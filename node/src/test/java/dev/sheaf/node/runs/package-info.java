/// Runs and uploads.
@NullMarked
package dev.sheaf.node.runs;

import org.jspecify.annotations.NullMarked;
