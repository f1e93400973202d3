/// The architecture as tests: who may see whom, and what a pure core may not do.
@NullMarked
package dev.sheaf.dist.architecture;

import org.jspecify.annotations.NullMarked;
