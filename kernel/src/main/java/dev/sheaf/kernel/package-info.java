/// Names, units, digests and problems: the words every other room speaks in.
///
/// Sees the JDK and JSpecify only. It does no input or output and reads no clock.
@NullMarked
package dev.sheaf.kernel;

import org.jspecify.annotations.NullMarked;
