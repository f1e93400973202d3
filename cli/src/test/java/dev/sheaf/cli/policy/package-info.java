/// Tests of `sheaf policy`.
@NullMarked
package dev.sheaf.cli.policy;

import org.jspecify.annotations.NullMarked;
