/// Tests of sets of policies as they are written.
@NullMarked
package dev.sheaf.governance.source;

import org.jspecify.annotations.NullMarked;
