/// Compiled schemas against their specification and against another validator.
@NullMarked
package dev.sheaf.context.schema;

import org.jspecify.annotations.NullMarked;
