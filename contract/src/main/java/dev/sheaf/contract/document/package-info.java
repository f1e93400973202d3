/// YAML and JSON documents as trees that remember where each of their parts was written.
///
/// Made for text that nobody vouches for: its size, depth and expansion are bounded, and a fault is
/// a [dev.sheaf.contract.Finding] with line and column. It knows nothing of any standard.
@NullMarked
package dev.sheaf.contract.document;

import org.jspecify.annotations.NullMarked;
