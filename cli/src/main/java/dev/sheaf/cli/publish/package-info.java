/// From files to a release: `publish` and `runs`. The files are read by the node; this only sends
/// them and shows what became of them.
@NullMarked
package dev.sheaf.cli.publish;

import org.jspecify.annotations.NullMarked;
