/// Tests of decisions.
@NullMarked
package dev.sheaf.governance.decision;

import org.jspecify.annotations.NullMarked;
