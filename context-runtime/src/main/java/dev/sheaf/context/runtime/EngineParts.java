package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorTable;
import dev.sheaf.context.store.EventLog;
import dev.sheaf.context.store.GroupCommit;
import dev.sheaf.context.store.StateStore;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// What all groups of a node share. Each part may be used by any thread.
///
/// @param nanoTime the monotonic clock
/// @param background for reading logs, training and scrubbing
record EngineParts(
        ContextConfig config,
        ActorTable actors,
        EventLog log,
        GroupCommit commit,
        StateStore state,
        StatePositions positions,
        TypeRegistry types,
        Peers peers,
        ConflictBook conflicts,
        ChangeFeed feed,
        ContextMetrics metrics,
        TransferHook transfers,
        HybridClock hybridClock,
        Clock clock,
        LongSupplier nanoTime,
        Executor background) {}
