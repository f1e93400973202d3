package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.runtime.wire.StateCodec;
import dev.sheaf.context.store.StateBatch;
import dev.sheaf.context.store.StateStore;
import dev.sheaf.context.store.Table;
import dev.sheaf.context.sync.ReplicaState;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the state store has of a group beside its documents.
///
/// @param self the actor that this node wrote as
/// @param digest of the documents that the store has
/// @param documents how many they are
record GroupStates(
        ActorId self, ReplicaState state, long digest, long documents, SubjectFences fences) {
    static byte[] key(int number) {
        return ("group/" + number).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digestKey(int number) {
        return ("digest/" + number).getBytes(StandardCharsets.UTF_8);
    }

    static void putDigest(int number, long digest, long documents, StateBatch batch) {
        batch.put(
                Table.META,
                digestKey(number),
                ByteBuffer.allocate(2 * Long.BYTES).putLong(digest).putLong(documents).array());
    }

    static Optional<GroupStates> read(StateStore store, int number) {
        return store.get(Table.META, key(number))
                .map(bytes -> {
                    ByteReader in = new ByteReader(bytes);
                    ActorId self = ActorId.parse(in.string());
                    ReplicaState state = StateCodec.read(in, actor -> actor);
                    ByteBuffer sums =
                            store.get(Table.META, digestKey(number))
                                    .map(ByteBuffer::wrap)
                                    .orElseGet(() -> ByteBuffer.allocate(2 * Long.BYTES));
                    long digest = sums.getLong();
                    long documents = sums.getLong();
                    SubjectFences fences = new SubjectFences();
                    fences.read(in, actor -> actor);
                    in.end();
                    return new GroupStates(self, state, digest, documents, fences);
                });
    }
}
