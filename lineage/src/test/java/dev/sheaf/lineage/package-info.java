/// Tests of events, of what they add up to, and of what is reached from where.
@NullMarked
package dev.sheaf.lineage;

import org.jspecify.annotations.NullMarked;
