/// Tests of the registry's documents and rules.
@NullMarked
package dev.sheaf.registry;

import org.jspecify.annotations.NullMarked;
