/// Which node the command line speaks to, and with which token: files in `$SHEAF_HOME` that only
/// their owner can read.
@NullMarked
package dev.sheaf.cli.profile;

import org.jspecify.annotations.NullMarked;
