package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.VersionVector;

import java.util.List;

/// What a replica must find again after a restart, as of one position of its log; what the log has
/// after that position is given to [Replica#restored].
///
/// @param applied everything up to here is in the log and in the documents
/// @param cut everything up to here every member has
/// @param stripped everything up to here some member may have taken for stable
/// @param members all actors ever known, the evicted among them
/// @param proposals evictions under way
/// @param erasures those that are kept in mind, see [Erasure]
public record ReplicaState(
        VersionVector applied,
        VersionVector cut,
        VersionVector stripped,
        List<Member> members,
        List<Proposal> proposals,
        List<Erasure> erasures) {
    public ReplicaState {
        members = List.copyOf(members);
        proposals = List.copyOf(proposals);
        erasures = List.copyOf(erasures);
    }

    /// A new group of these members, all of them there from the beginning.
    public static ReplicaState founding(List<ActorId> members, ActorTable actors) {
        return new ReplicaState(
                VersionVector.EMPTY,
                VersionVector.EMPTY,
                VersionVector.EMPTY,
                members.stream().map(member -> Member.founding(actors.indexOf(member))).toList(),
                List.of(),
                List.of());
    }

    /// A node that has nothing, and will ask to be admitted.
    public static ReplicaState joining() {
        return new ReplicaState(
                VersionVector.EMPTY,
                VersionVector.EMPTY,
                VersionVector.EMPTY,
                List.of(),
                List.of(),
                List.of());
    }
}
