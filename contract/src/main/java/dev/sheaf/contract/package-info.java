/// Data contracts (ODCS) and data product descriptors (ODPS): read, validated, typed, compared,
/// drafted.
///
/// Pure: bytes in, values out. It opens no file, knows no server and runs no rule; what a quality
/// rule measures is decided by those who have the data. The original bytes of a document are kept
/// and are the only thing that is ever exported; the model here is a view of what Sheaf understands
/// of them.
@NullMarked
package dev.sheaf.contract;

import org.jspecify.annotations.NullMarked;
