/// A table's columns in the languages of other systems, and back.
///
/// What cannot be carried over is stated at each class. Nothing here reads or writes data.
@NullMarked
package dev.sheaf.contract.convert;

import org.jspecify.annotations.NullMarked;
