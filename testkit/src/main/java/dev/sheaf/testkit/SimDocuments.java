package dev.sheaf.testkit;

import dev.sheaf.context.Event;
import dev.sheaf.context.Op;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.patch.Resolution;

import java.util.List;
import java.util.SplittableRandom;

/// The documents of one group at one node, as far as the simulation needs to know them.
interface SimDocuments {
    /// Merges an event, in causal order.
    void apply(Event event);

    /// Every member has everything up to here.
    ///
    /// @param agreed every member has taken everything up to here for stable
    void strip(VersionVector cut, VersionVector agreed);

    /// The same for the same content, stripped or not; over what a region without sight of the
    /// secret field sees, or over everything.
    long digest(boolean withSecret);

    /// A copy that changes independently; without what a redacted region may not see.
    SimDocuments copy(boolean redacted);

    /// Something to write to this document now; nothing, where nothing fits.
    ///
    /// @param sequence the first number that it will take
    Resolution randomOps(
            SplittableRandom random, String documentId, int actor, long sequence, boolean secrets);

    /// The operations of an event as the region's next actor writes them again, one number wide.
    List<Op> again(Event event);

    /// Keeps what is here beside another state: what a fault would do.
    void keepBeside(SimDocuments other);

    /// The event as a region without sight of the secret field gets it.
    Event redacted(Event event);

    /// Whether the event shows what a redacted region may not see.
    boolean showsSecret(Event event);

    /// The dots of the visible writes to a document, also those that were stripped.
    List<Long> visible(String documentId);
}
