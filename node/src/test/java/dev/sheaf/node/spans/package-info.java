/// Exports of other programs.
@org.jspecify.annotations.NullMarked
package dev.sheaf.node.spans;
