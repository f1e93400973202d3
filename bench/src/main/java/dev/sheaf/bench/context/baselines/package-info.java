/// The bare floor under the context engine: what a log, a link and a parser cost when nothing is
/// done with the data. Each baseline checks its answer and then gives one JSON object.
@NullMarked
package dev.sheaf.bench.context.baselines;

import org.jspecify.annotations.NullMarked;
