/// The frames that context nodes send each other: messages of many groups together, with all their
/// events in one batch (`spec/context.md` section 5.3).
@NullMarked
package dev.sheaf.context.runtime.wire;

import org.jspecify.annotations.NullMarked;
