/// The functions that Rego brings along, by OPA's names and with OPA's outcomes, one class for each
/// group of them.
///
/// They are pure: time, randomness, the network and what they remember come from
/// [dev.sheaf.rego.builtin.Surroundings]. Compiling calls and unifying results is not done here.
///
/// Source: OPA's policy reference and conformance cases.
@NullMarked
package dev.sheaf.rego.builtin;

import org.jspecify.annotations.NullMarked;
