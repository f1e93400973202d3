/// What every command shares: the surroundings it runs in, common options, answers as JSON,
/// failures.
@NullMarked
package dev.sheaf.cli.command;

import org.jspecify.annotations.NullMarked;
