/// What the suites of other people's programs have in common: a node as its users start it.
@NullMarked
package dev.sheaf.foreign;

import org.jspecify.annotations.NullMarked;
