/// Lineage in other programs' spans: OpenTelemetry's exports are read, and what they say of
/// datasets becomes OpenLineage events. It keeps no spans, and knows nothing of the node's own
/// traces ([dev.sheaf.node.tracing]) nor of what becomes of the events.
@NullMarked
package dev.sheaf.node.spans;

import org.jspecify.annotations.NullMarked;
