/// Documents as a node holds them: fast, mutable, each owned by one thread. Events are merged into
/// them, states are joined, stable metadata is stripped, and they are written to bytes and read
/// again. Specified in `spec/context.md`, sections 3 and 4; `dev.sheaf.context.reference` is the
/// same in slow and readable code.
///
/// It does not decide which events to apply when (that is replication), nor what clients mean by an
/// index (that is `dev.sheaf.context.patch`).
@NullMarked
package dev.sheaf.context.document;

import org.jspecify.annotations.NullMarked;
