/// Access to products that are not one's own, from the command line: asked for, decided upon,
/// listed.
///
/// Decides nothing: who may do what, and whether a purpose or an end will do, the node judges.
@NullMarked
package dev.sheaf.cli.access;

import org.jspecify.annotations.NullMarked;
