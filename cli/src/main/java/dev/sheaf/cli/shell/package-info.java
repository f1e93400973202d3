/// The interactive shell: statements of several lines, completion, meta commands. Without a
/// terminal it reads the same from standard input.
@NullMarked
package dev.sheaf.cli.shell;

import org.jspecify.annotations.NullMarked;
