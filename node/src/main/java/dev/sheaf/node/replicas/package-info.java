/// Copies of products between regions: what this region lets others copy or read, and what it holds
/// of theirs (docs/replicas.md).
///
/// It does not decide who may query a copy, nor when one is used: the home of the product decides
/// for each caller, and the query room chooses.
@NullMarked
package dev.sheaf.node.replicas;

import org.jspecify.annotations.NullMarked;
