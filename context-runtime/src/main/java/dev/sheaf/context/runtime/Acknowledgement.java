package dev.sheaf.context.runtime;

import dev.sheaf.kernel.Problem;

/// Somebody who waits until what happened in a turn is durable. Both are called at most once, and
/// only one of them; neither may block.
interface Acknowledgement {
    void durable();

    void failed(Problem problem);
}
