/// Tests of the sequences: against the reference, by their laws, and what they cost.
@NullMarked
package dev.sheaf.context.sequence;

import org.jspecify.annotations.NullMarked;
