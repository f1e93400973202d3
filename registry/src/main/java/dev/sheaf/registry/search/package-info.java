/// Full-text search over the products that a region knows of: words in any order, with typos, while
/// they are typed, filtered and counted by facet, and nothing of what the caller may not know.
///
/// It keeps no truth: the index is derived from the catalog and may be deleted. It does not decide
/// who may know what; it asks a [Viewer].
@NullMarked
package dev.sheaf.registry.search;

import org.jspecify.annotations.NullMarked;
