/// The mesh's certificates: its root, the authorities of its regions, what these issue for links
/// and for signatures, and by which rules any of it counts. Knows files and keys, no network, and
/// not who the members are.
@NullMarked
package dev.sheaf.node.pki;

import org.jspecify.annotations.NullMarked;
