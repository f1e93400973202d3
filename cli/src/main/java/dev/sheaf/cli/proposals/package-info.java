/// `sheaf proposals`: what regions would like each other to apply.
@NullMarked
package dev.sheaf.cli.proposals;

import org.jspecify.annotations.NullMarked;
