/// Traces: callers' trace contexts (W3C) and spans of the node's own work, over OpenTelemetry's
/// SDK, which configures and exports. Nothing is recorded where nobody collects it. It measures
/// nothing ([dev.sheaf.node.metrics]), and no span holds values of data, statements or who asked.
@NullMarked
package dev.sheaf.node.tracing;

import org.jspecify.annotations.NullMarked;
