/// `sheaf lineage`, `sheaf impact` and `sheaf models`: what is made from what, what a change
/// touches, and which models there are.
@NullMarked
package dev.sheaf.cli.lineage;

import org.jspecify.annotations.NullMarked;
