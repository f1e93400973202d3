/// Tests.
@NullMarked
package dev.sheaf.governance.grant;

import org.jspecify.annotations.NullMarked;
