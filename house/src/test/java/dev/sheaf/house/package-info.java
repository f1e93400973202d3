/// Tests over the source itself, so that a rule of the house is a failing build and not a wish.
///
/// Rules about compiled classes (who may see whom) are in `dist`, where all of them are present.
@NullMarked
package dev.sheaf.house;

import org.jspecify.annotations.NullMarked;
