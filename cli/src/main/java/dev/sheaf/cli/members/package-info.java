/// Commands about who belongs to the mesh.
@NullMarked
package dev.sheaf.cli.members;

import org.jspecify.annotations.NullMarked;
