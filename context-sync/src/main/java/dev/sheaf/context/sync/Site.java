package dev.sheaf.context.sync;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

/// What the parts of one replica share: who it is, how far it is, who the members are, and what
/// time the last input came at.
final class Site {
    private static final int SERIALS_PER_SESSION_BITS = 32;

    final ActorId actor;
    final int self;
    SyncConfig config;
    final Relays relays;
    final ActorTable actors;
    final Effects effects;
    final Frontier applied;
    final Frontier durable;
    final Membership membership;
    final Inbox inbox;
    final Erasures erasures;
    long now;
    private long serial;

    Site(
            ActorId actor,
            SyncConfig config,
            Relays relays,
            ActorTable actors,
            Effects effects,
            ReplicaState state,
            int session,
            long now) {
        this.actor = actor;
        this.self = actors.indexOf(actor);
        this.config = config;
        this.relays = relays;
        this.actors = actors;
        this.effects = effects;
        this.applied = new Frontier(state.applied());
        this.durable = new Frontier(state.applied());
        this.membership = new Membership(actors, self, applied, state);
        this.inbox = new Inbox(applied);
        this.erasures = new Erasures(this, state.erasures());
        this.now = now;
        this.serial = (long) session << SERIALS_PER_SESSION_BITS;
    }

    /// A number that this replica has not used before, in this session or an earlier one.
    long nextSerial() {
        return ++serial;
    }

    RegionName regionOf(int of) {
        return actors.actor(of).region();
    }

    boolean isMember() {
        return membership.isActive(self);
    }

    /// The region's actor when it takes part in everything, else null.
    @Nullable Member activeMember(RegionName region) {
        Member member = membership.memberOf(region);
        return member != null && member.standing() == Member.Standing.ACTIVE ? member : null;
    }
}
