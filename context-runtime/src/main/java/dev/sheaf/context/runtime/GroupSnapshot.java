package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.sync.ReplicaState;

/// What a group had merged when a round of writing behind began.
///
/// @param fences as [SubjectFences#write] has them
/// @param changed whether that differs from what was written before
@SuppressWarnings("ArrayRecordComponent")
record GroupSnapshot(
        Group group, ActorId self, ReplicaState state, byte[] fences, boolean changed) {}
