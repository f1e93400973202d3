package dev.sheaf.context.runtime;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.Lane;
import dev.sheaf.context.VersionVector;
import dev.sheaf.context.codec.BatchDecompression;
import dev.sheaf.context.codec.CompressionDictionary;
import dev.sheaf.context.runtime.wire.Addressed;
import dev.sheaf.context.runtime.wire.FrameReader;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Message;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What comes in over links: reads frames, and gives messages to their groups. A peer that sends
/// faster than the workers take is paused. For any thread; calls for one link come one at a time.
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int FRAMES_UNTAKEN_MAX = 64;
    private static final int FRAMES_UNTAKEN_RESUME = 16;
    private static final int DICTIONARIES_MAX = 1_000;

    /// Regions that a peer may speak of and that are unknown here.
    private static final int STRANGERS_MAX = 16;

    private final Groups groups;
    private final Map<RegionName, LinkState> links = new ConcurrentHashMap<>();

    /// One live link.
    private final class LinkState {
        private final RegionName peer;
        private final PeerLink link;
        private final Map<Integer, CompressionDictionary> dictionaries = new HashMap<>();
        private final BatchDecompression decompression =
                new BatchDecompression(id -> Optional.ofNullable(dictionaries.get(id)));
        private final FrameReader reader;
        private final Set<RegionName> strangers = new HashSet<>();
        private volatile LinkFrames.@Nullable Hello hello;
        private int untaken;
        private boolean paused;

        LinkState(RegionName peer, PeerLink link) {
            this.peer = peer;
            this.link = link;
            this.reader = new FrameReader(decompression, this::actor);
        }

        /// A peer may speak of a region before this node has heard that it has joined, which it
        /// hears over the same link; of so many that a liar cannot fill the table.
        private int actor(ActorId actor) {
            if (!groups.parts().config().regions().contains(actor.region())) {
                strangers.add(actor.region());
                if (strangers.size() > STRANGERS_MAX) {
                    throw new Problem(
                            ProblemCode.UNREADABLE_INPUT,
                            peer + " speaks of " + actor + ", which is not in this mesh");
                }
            }
            return groups.parts().actors().indexOf(actor);
        }

        private synchronized void arrived() {
            untaken++;
            if (!paused && untaken >= FRAMES_UNTAKEN_MAX) {
                paused = true;
                link.pause();
            }
        }

        private synchronized void taken() {
            untaken--;
            if (paused && untaken <= FRAMES_UNTAKEN_RESUME) {
                paused = false;
                link.resume();
            }
        }
    }

    Incoming(Groups groups) {
        this.groups = groups;
    }

    boolean isUp(RegionName peer) {
        LinkState state = links.get(peer);
        return state != null && state.hello != null;
    }

    List<RegionName> linked() {
        return links.values().stream()
                .filter(state -> state.hello != null)
                .map(state -> state.peer)
                .sorted()
                .toList();
    }

    Optional<Duration> roundTrip(RegionName peer) {
        return Optional.ofNullable(links.get(peer)).flatMap(state -> state.link.roundTrip());
    }

    void linkUp(RegionName peer, PeerLink link) {
        LinkState before = links.put(peer, new LinkState(peer, link));
        followWithOutbox(peer);
        if (before != null) {
            isDown(before);
        }
    }

    void linkDown(RegionName peer, PeerLink link) {
        LinkState state = links.get(peer);
        if (state != null && state.link.equals(link) && links.remove(peer, state)) {
            followWithOutbox(peer);
            isDown(state);
        }
    }

    private void isDown(LinkState state) {
        long now = groups.parts().nanoTime().getAsLong();
        groups.forEach(group -> group.linkDown(state.peer, state.link, now));
    }

    /// Whoever comes last, of several that change the link at once, leaves the outbox with the one
    /// that is current then.
    private void followWithOutbox(RegionName peer) {
        ContextConfig config = groups.parts().config();
        byte[] hello =
                LinkFrames.hello(
                        new LinkFrames.Hello(
                                config.mesh(), config.region().toString(), config.shards()));
        Outbox outbox = groups.parts().peers().outbox(peer).orElseThrow();
        LinkState current;
        do {
            current = links.get(peer);
            outbox.follow(current == null ? null : current.link, hello);
        } while (current != links.get(peer));
    }

    /// Tells a group, on its thread, of the links that are up already.
    void introduce(Group group) {
        long now = groups.parts().nanoTime().getAsLong();
        for (LinkState state : links.values()) {
            if (state.hello != null && !isHeld(state.peer, group.id())) {
                group.linkUp(state.peer, state.link, now);
            }
        }
    }

    private boolean isHeld(RegionName peer, GroupId group) {
        return groups.parts().peers().holds().isHeld(peer, group.scope());
    }

    /// Begins the link anew, so that both ends agree on what goes over it. What was gathered to be
    /// sent over the old one is dropped, and comes from the log, if at all.
    void beginAnew(RegionName peer, String reason) {
        LinkState state = links.get(peer);
        if (state != null) {
            state.link.close(reason);
            linkDown(peer, state.link);
        }
    }

    void close(RegionName peer, String reason) {
        LinkState state = links.get(peer);
        if (state != null) {
            state.link.close(reason);
        }
    }

    void frame(RegionName peer, PeerLink link, byte[] frame) {
        LinkState state = links.get(peer);
        if (state == null || !state.link.equals(link) || frame.length == 0) {
            return;
        }
        groups.parts().peers().meter(peer).received(frame.length);
        try {
            take(state, frame);
        } catch (Problem problem) {
            groups.parts().metrics().refused(peer, problem.code().name());
            LOG.warn("a frame of {} was refused: {}", peer, problem.message());
            link.close(problem.message());
        }
    }

    private void take(LinkState state, byte[] frame) {
        if (state.hello == null) {
            greet(state, LinkFrames.readHello(frame));
        } else if (frame[0] == LinkFrames.DICTIONARY) {
            CompressionDictionary dictionary = LinkFrames.readDictionary(frame);
            if (state.dictionaries.size() < DICTIONARIES_MAX) {
                state.dictionaries.put(dictionary.id(), dictionary);
            }
        } else {
            deliver(state, state.reader.read(frame));
        }
    }

    private void greet(LinkState state, LinkFrames.Hello hello) {
        ContextConfig config = groups.parts().config();
        if (!hello.mesh().equals(config.mesh())
                || hello.shards() != config.shards()
                || !hello.region().equals(state.peer.toString())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    state.peer
                            + " is of mesh '"
                            + hello.mesh()
                            + "', region '"
                            + hello.region()
                            + "', with "
                            + hello.shards()
                            + " shards; this node is of mesh '"
                            + config.mesh()
                            + "' with "
                            + config.shards()
                            + ". Shards must be the same in the whole mesh");
        }
        state.hello = hello;
        long now = groups.parts().nanoTime().getAsLong();
        groups.forEach(group -> {
            if (links.get(state.peer) == state && !isHeld(state.peer, group.id())) {
                group.linkUp(state.peer, state.link, now);
            }
        });
    }

    private void deliver(LinkState state, List<Addressed> messages) {
        LinkMeter meter = groups.parts().peers().meter(state.peer);
        Map<Worker, List<Addressed>> byWorker = new HashMap<>();
        for (Addressed addressed : messages) {
            if (addressed.message() instanceof Message.Events events) {
                meter.receivedEvents(events.events().size());
            }
            if (isHeld(state.peer, addressed.group())) {
                continue;
            }
            Optional<Group> group = groups.find(addressed.group());
            if (group.isPresent()) {
                byWorker.computeIfAbsent(group.get().worker(), key -> new ArrayList<>())
                        .add(addressed);
            } else if (addressed.message() instanceof Message.Subscribe subscribe) {
                declineForNow(state.peer, addressed.group(), subscribe);
            }
        }
        byWorker.forEach((worker, share) -> {
            state.arrived();
            worker.submit(() -> {
                try {
                    share.forEach(addressed -> receive(state, addressed));
                } finally {
                    state.taken();
                }
            });
        });
    }

    /// The peer knows a type of a scope that this node has not heard of yet; it will ask again.
    private void declineForNow(RegionName peer, GroupId group, Message.Subscribe subscribe) {
        groups.parts()
                .peers()
                .send(
                        peer,
                        group,
                        new Message.Declined(
                                subscribe.actor(), subscribe.subscription(), VersionVector.EMPTY),
                        groups.parts().nanoTime().getAsLong(),
                        Lane.IMPORTANT);
    }

    /// What came over a link that is down or replaced by now was said to a group as it was before.
    private void receive(LinkState state, Addressed addressed) {
        if (links.get(state.peer) == state && !isHeld(state.peer, addressed.group())) {
            groups.find(addressed.group())
                    .ifPresent(group -> group.receive(state.peer, state.link, addressed.message()));
        }
    }
}
