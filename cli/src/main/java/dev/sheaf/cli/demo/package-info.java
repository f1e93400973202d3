/// `sheaf demo`: the whole way from raw files to answers, on real data, with every outcome checked.
@NullMarked
package dev.sheaf.cli.demo;

import org.jspecify.annotations.NullMarked;
