/// Resolvers as functions of sets.
@NullMarked
package dev.sheaf.context.resolve;

import org.jspecify.annotations.NullMarked;
