/// Tests of the catalog's documents.
@NullMarked
package dev.sheaf.node.registry;

import org.jspecify.annotations.NullMarked;
