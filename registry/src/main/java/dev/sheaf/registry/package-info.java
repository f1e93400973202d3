/// What a region knows of the products of all regions: the `mesh.*` documents, the rules about who
/// may write and who may know them, and their search.
@NullMarked
package dev.sheaf.registry;

import org.jspecify.annotations.NullMarked;
