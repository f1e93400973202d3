/// Who wins between concurrent values of one place. A resolver is a pure function of the *set* of
/// siblings, so that every replica shows the same whatever order it learned of them in. It removes
/// nothing; that is for the next write that has seen the siblings.
@NullMarked
package dev.sheaf.context.resolve;

import org.jspecify.annotations.NullMarked;
