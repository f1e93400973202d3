/// The node's configuration: one immutable record for each component, read from `sheaf.yaml`.
///
/// Names, types, defaults and meanings stand in the records only; the reader and the reference page
/// follow them. It starts nothing and resolves no secret.
@NullMarked
package dev.sheaf.node.config;

import org.jspecify.annotations.NullMarked;
