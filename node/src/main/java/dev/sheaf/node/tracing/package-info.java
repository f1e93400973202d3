/// Traces: callers' trace contexts (W3C), spans of the node's own work, and their export as
/// OpenTelemetry's protocol has them (OTLP/HTTP, JSON). Nothing is recorded where nobody collects
/// it. It measures nothing ([dev.sheaf.node.metrics]), and no span holds values of data, statements
/// or who asked.
@NullMarked
package dev.sheaf.node.tracing;

import org.jspecify.annotations.NullMarked;
