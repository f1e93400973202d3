/// `sheaf policy …`: Rego policies asked, checked and tested, without a node; and those of a node
/// shown, applied and rolled back.
///
/// What a policy means is decided in `dev.sheaf.rego`; here are files, options, the clock and
/// output. Policies get the clock and random numbers and nothing else of the world: no network is
/// reached from here, whatever they ask for.
@NullMarked
package dev.sheaf.cli.policy;

import org.jspecify.annotations.NullMarked;
