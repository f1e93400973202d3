/// Policies as they are written: files, what is read of them, the standard pack laid below, and the
/// trial that a set passes before it may decide.
///
/// Pure: it knows no folders and no clock; where files lie, and which set decides, is the node's.
@NullMarked
package dev.sheaf.governance.source;

import org.jspecify.annotations.NullMarked;
