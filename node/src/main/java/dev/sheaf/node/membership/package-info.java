/// Who belongs to the mesh: admitted by whoever holds the mesh's root, known everywhere by signed
/// statements in documents `mesh.member`, and left or evicted for good. Certificates are `pki`'s,
/// connections `links`', what is counted in the context engine is that engine's.
@NullMarked
package dev.sheaf.node.membership;

import org.jspecify.annotations.NullMarked;
