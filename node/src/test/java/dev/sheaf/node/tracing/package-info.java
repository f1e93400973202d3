@org.jspecify.annotations.NullMarked
package dev.sheaf.node.tracing;
