/// Grants as a node keeps them: documents of the mesh's own type `mesh.grant`, which all regions of
/// the mesh share, and an index of them in memory that answers policy without input and output.
///
/// What may become of a grant is decided in [dev.sheaf.governance.grant], what a grant allows by
/// policy; callers are known to the API only.
@NullMarked
package dev.sheaf.node.grants;

import org.jspecify.annotations.NullMarked;
