/// Compiles modules and evaluates them: names are resolved, expressions are put into an order in
/// which every variable is bound before it is needed, and each rule becomes a chain of steps over
/// an array of slots.
///
/// Since it is known beforehand which variables an expression binds, nothing is ever undone when an
/// evaluation goes back: the next solution writes over the slots of the last.
///
/// Does no input or output and has no threads; see [dev.sheaf.rego.builtin.Surroundings].
@NullMarked
package dev.sheaf.rego.engine;

import org.jspecify.annotations.NullMarked;
