/// The deterministic simulator of context regions: seeded delays, losses, crashes and cuts, with
/// named invariants checked after every step.
@NullMarked
package dev.sheaf.testkit;

import org.jspecify.annotations.NullMarked;
