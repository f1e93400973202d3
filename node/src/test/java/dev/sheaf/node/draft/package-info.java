/// Tests of what the process for sample files answers.
@NullMarked
package dev.sheaf.node.draft;

import org.jspecify.annotations.NullMarked;
