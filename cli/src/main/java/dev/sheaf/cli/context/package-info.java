/// Documents that all regions read and write, the links between regions, and recorded editing
/// sessions, from the command line.
///
/// Durations, versions and tokens are passed on as they are written: the node judges them.
@NullMarked
package dev.sheaf.cli.context;

import org.jspecify.annotations.NullMarked;
