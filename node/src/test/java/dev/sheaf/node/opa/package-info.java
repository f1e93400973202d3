/// Tests of OPA's interfaces.
@NullMarked
package dev.sheaf.node.opa;

import org.jspecify.annotations.NullMarked;
