/// What the context engine is measured with: realistic events, and the same logical operations for
/// Sheaf and for its peers. Everything is drawn from a seed and never from the clock, so two runs
/// see the same bytes. Nothing here measures; see `baselines` and `dev.sheaf.bench.peers`.
@NullMarked
package dev.sheaf.bench.context;

import org.jspecify.annotations.NullMarked;
