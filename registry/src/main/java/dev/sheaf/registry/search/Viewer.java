package dev.sheaf.registry.search;

import dev.sheaf.kernel.ProductName;

/// Who searches, and what they may know of. For any thread.
public interface Viewer {
    /// Viewers with equal keys may know of the same. It holds all that the answers depend on, but
    /// the time: the policies' revision, the caller, their grants.
    Object key();

    /// Answers are remembered for as long as this number stays; with the next one they are asked
    /// for again, in the background. What is shown itself is always asked for.
    long round();

    boolean mayKnow(ProductName product);
}
