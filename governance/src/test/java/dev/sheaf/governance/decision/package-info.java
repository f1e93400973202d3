/// Tests of dev.sheaf.governance.decision.
@NullMarked
package dev.sheaf.governance.decision;

import org.jspecify.annotations.NullMarked;
