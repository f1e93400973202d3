package dev.sheaf.testkit;

import dev.sheaf.context.Event;

import java.util.List;

/// A state on its way to a joiner. In the simulated messages there is only its number.
///
/// @param log what the sponsor's log still had
/// @param parts in how many messages it goes
record SimSnapshot(SimDocuments documents, List<Event> log, int parts) {}
