/// The node's audit log: what is done at its doors goes into the tamper-evident log of
/// [dev.sheaf.governance.audit.store], and is durable there before it is answered.
@NullMarked
package dev.sheaf.node.audit;

import org.jspecify.annotations.NullMarked;
