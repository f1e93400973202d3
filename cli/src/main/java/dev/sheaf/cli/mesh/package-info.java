/// What is declared: `plan`, `apply`, `domains`, `delete`. Reads manifests as bytes; what they mean
/// is the node's to say.
@NullMarked
package dev.sheaf.cli.mesh;

import org.jspecify.annotations.NullMarked;
