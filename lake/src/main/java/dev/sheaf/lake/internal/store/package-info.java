/// Object stores behind Iceberg FileIO: local, S3, GCS, Azure Blob, and the router over them.
///
/// It knows locations and bytes, no tables. A cloud's classes are loaded when its first store is
/// used.
@NullMarked
package dev.sheaf.lake.internal.store;

import org.jspecify.annotations.NullMarked;
