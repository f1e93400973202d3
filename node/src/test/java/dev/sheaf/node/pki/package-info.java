/// Tests of the mesh's certificates and signatures.
@NullMarked
package dev.sheaf.node.pki;

import org.jspecify.annotations.NullMarked;
