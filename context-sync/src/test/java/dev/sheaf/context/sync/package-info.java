/// The replication state machine, input by input. What many of them do together is for the
/// simulator of `testkit`.
@NullMarked
package dev.sheaf.context.sync;

import org.jspecify.annotations.NullMarked;
