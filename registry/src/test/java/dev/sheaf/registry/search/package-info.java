/// Tests of search.
@NullMarked
package dev.sheaf.registry.search;

import org.jspecify.annotations.NullMarked;
