package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.ByteReader;
import dev.sheaf.context.codec.ByteWriter;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Base64;
import java.util.Optional;

/// Version tokens: a group's vector by actor names, in base64url. Several can be strung together
/// with commas; a read looks at the one of its document's group.
final class VersionTokens {
    private static final int VERSION = 1;
    private static final int CHARACTERS_MAX = 16_384;
    private static final int SHARDS_MAX = 1 << 16;

    private VersionTokens() {}

    static String write(GroupId group, VersionVector vector, ActorTable actors) {
        ByteWriter out = new ByteWriter();
        out.u8(VERSION);
        out.string(group.scope());
        out.varint(group.shard());
        for (int actor = 0; actor < vector.width(); actor++) {
            if (vector.get(actor) > 0) {
                out.string(actors.actor(actor).toString());
                out.varint(vector.get(actor));
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /// What a token demands of a group; empty when it is about other groups only.
    ///
    /// @throws Problem BAD_REQUEST when it is no token
    static Optional<Demand> read(String text, GroupId group, ActorTable actors) {
        if (text.length() > CHARACTERS_MAX) {
            throw unreadable(null);
        }
        Optional<Demand> demand = Optional.empty();
        for (String token : text.split(",", -1)) {
            Optional<Demand> one = readOne(token.strip(), group, actors);
            if (one.isPresent()) {
                demand = one;
            }
        }
        return demand;
    }

    /// @param vector of actors that this node knows
    /// @param unknown whether it also names actors that this node has never heard of
    record Demand(VersionVector vector, boolean unknown) {}

    private static Optional<Demand> readOne(String token, GroupId group, ActorTable actors) {
        try {
            ByteReader in = new ByteReader(Base64.getUrlDecoder().decode(token));
            if (in.u8() != VERSION) {
                throw unreadable(null);
            }
            GroupId named = new GroupId(in.string(), in.varint(SHARDS_MAX, "a shard"));
            VersionVector vector = VersionVector.EMPTY;
            boolean unknown = false;
            while (in.remaining() > 0) {
                ActorId actor = ActorId.parse(in.string());
                long sequence = in.varint();
                int index = actors.find(actor);
                if (index < 0) {
                    unknown = true;
                } else {
                    vector = vector.with(index, Math.max(0, sequence));
                }
            }
            return named.equals(group)
                    ? Optional.of(new Demand(vector, unknown))
                    : Optional.empty();
        } catch (IllegalArgumentException | Problem e) {
            throw unreadable(e);
        }
    }

    private static Problem unreadable(@org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "this is no version token: hand back what an earlier answer gave in"
                        + " Sheaf-Context-Token",
                cause);
    }
}
