/// Tests of dev.sheaf.node.governance.
@NullMarked
package dev.sheaf.node.governance;

import org.jspecify.annotations.NullMarked;
