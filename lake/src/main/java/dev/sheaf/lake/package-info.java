/// Where data lies: object stores, Iceberg tables, and a cache of byte ranges of remote files.
///
/// The only room in which types of cloud SDKs appear. It knows tables and files, not products; who
/// may read them is decided elsewhere.
@NullMarked
package dev.sheaf.lake;

import org.jspecify.annotations.NullMarked;
