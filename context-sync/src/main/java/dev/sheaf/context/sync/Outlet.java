package dev.sheaf.context.sync;

import dev.sheaf.context.Dot;
import dev.sheaf.context.Event;
import dev.sheaf.context.VersionVector;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What this node sends to its subscribers: durable events only, from the log while a subscriber is
/// behind, as they come when it is not, and no more than its window.
final class Outlet {
    private static final long READ_BYTES_MAX = 256 << 10;

    private final Site site;
    private final Stability stability;
    private final Map<Integer, List<Feed>> feeds = new HashMap<>();
    private final Deque<Event> undurable = new ArrayDeque<>();
    private int undurableChanges;

    Outlet(Site site, Stability stability) {
        this.site = site;
        this.stability = stability;
    }

    /// One subscription.
    private static final class Feed {
        final RegionName to;
        final int subscriber;
        final int actor;
        final long subscription;
        long position;
        long bytes;
        boolean isReading;
        final Deque<Sent> sent = new ArrayDeque<>();

        Feed(RegionName to, int subscriber, int actor, long subscription, long position) {
            this.to = to;
            this.subscriber = subscriber;
            this.actor = actor;
            this.subscription = subscription;
            this.position = position;
        }
    }

    private record Sent(long lastSequence, long bytes) {}

    /// Events that were applied and are not known to be durable.
    int undurable() {
        return undurable.size();
    }

    /// The most that is on its way to one subscriber of one stream, for tests of the bound.
    long bytesOnTheWayMax() {
        long max = 0;
        for (List<Feed> some : feeds.values()) {
            for (Feed feed : some) {
                max = Math.max(max, feed.bytes);
            }
        }
        return max;
    }

    void subscribe(RegionName from, Message.Subscribe wanted) {
        int subscriber = site.actors.indexOf(wanted.subscriber());
        if (!wanted.subscriber().region().equals(from)) {
            site.effects.refused(from, Refusal.FORGED_ORIGIN);
            return;
        }
        Member member = site.membership.member(subscriber);
        if (member != null && !member.counts()) {
            site.effects.send(from, new Message.Evicted(subscriber, member.end()));
            return;
        }
        boolean isOwn = wanted.actor() == site.self;
        if (member == null
                || !site.isMember()
                || (!isOwn && !site.relays.mayRelay(site.actor.region(), from))) {
            decline(from, wanted.actor(), wanted.subscription());
            return;
        }
        List<Feed> some = feeds.computeIfAbsent(wanted.actor(), actor -> new ArrayList<>());
        for (Feed feed : some) {
            if (feed.to.equals(from) && feed.subscription >= wanted.subscription()) {
                return;
            }
        }
        some.removeIf(feed -> feed.to.equals(from));
        Feed feed =
                new Feed(from, subscriber, wanted.actor(), wanted.subscription(), wanted.after());
        some.add(feed);
        pump(feed);
    }

    private void decline(RegionName to, int actor, long subscription) {
        site.effects.send(to, new Message.Declined(actor, subscription, stability.cut()));
    }

    /// The actor was evicted: it gets no more, and is told why.
    void end(Member evicted) {
        RegionName region = site.regionOf(evicted.actor());
        for (List<Feed> some : feeds.values()) {
            if (some.removeIf(feed -> feed.subscriber == evicted.actor())) {
                site.effects.send(region, new Message.Evicted(evicted.actor(), evicted.end()));
            }
        }
    }

    void unsubscribe(RegionName from, int actor, long subscription) {
        List<Feed> some = feeds.get(actor);
        if (some != null) {
            some.removeIf(feed -> feed.to.equals(from) && feed.subscription == subscription);
        }
    }

    void forget(RegionName peer) {
        feeds.values().forEach(some -> some.removeIf(feed -> feed.to.equals(peer)));
    }

    void applied(Event event) {
        undurable.add(event);
        if (MemberChange.isMemberChange(event)) {
            undurableChanges++;
        }
    }

    /// Whether a crash now could take back what this node knows of the members.
    boolean hasUndurableChanges() {
        return undurableChanges > 0;
    }

    /// Everything up to this vector is durable now, and goes out.
    void durable(VersionVector upTo) {
        List<Event> run = new ArrayList<>();
        while (!undurable.isEmpty() && upTo.covers(lastDot(undurable.getFirst()))) {
            Event event = undurable.removeFirst();
            site.durable.set(event.actor(), event.lastSequence());
            if (MemberChange.isMemberChange(event)) {
                undurableChanges--;
            }
            if (!run.isEmpty() && run.getFirst().actor() != event.actor()) {
                deliver(run);
                run = new ArrayList<>();
            }
            run.add(event);
        }
        if (!run.isEmpty()) {
            deliver(run);
        }
    }

    private static long lastDot(Event event) {
        return Dot.of(event.actor(), event.lastSequence());
    }

    private void deliver(List<Event> run) {
        List<Feed> some = feeds.get(run.getFirst().actor());
        if (some == null) {
            return;
        }
        for (Feed feed : some) {
            List<Event> news = run;
            if (feed.position >= run.getFirst().sequence()) {
                news = run.stream().filter(e -> e.sequence() > feed.position).toList();
            }
            boolean isNext = !news.isEmpty() && news.getFirst().sequence() == feed.position + 1;
            if (isNext && !feed.isReading && feed.bytes < site.config.windowBytes()) {
                send(feed, news);
            } else {
                pump(feed);
            }
        }
    }

    private void send(Feed feed, List<Event> events) {
        int count = 0;
        long bytes = 0;
        while (count < events.size() && feed.bytes + bytes < site.config.windowBytes()) {
            bytes += site.effects.bytes(events.get(count++));
        }
        List<Event> part = count == events.size() ? events : events.subList(0, count);
        feed.position = part.getLast().lastSequence();
        feed.bytes += bytes;
        feed.sent.add(new Sent(feed.position, bytes));
        site.effects.send(feed.to, new Message.Events(feed.actor, feed.subscription, part));
    }

    private void pump(Feed feed) {
        long through = site.durable.get(feed.actor);
        long credit = site.config.windowBytes() - feed.bytes;
        if (!feed.isReading && credit > 0 && feed.position < through) {
            feed.isReading = true;
            site.effects.readLog(
                    feed.to,
                    feed.actor,
                    feed.subscription,
                    feed.position,
                    through,
                    Math.min(credit, READ_BYTES_MAX));
        }
    }

    void logRead(RegionName to, int actor, long subscription, List<Event> events) {
        for (Feed feed : List.copyOf(feeds.getOrDefault(actor, List.of()))) {
            if (feed.to.equals(to) && feed.subscription == subscription) {
                feed.isReading = false;
                if (!events.isEmpty()) {
                    send(feed, events);
                }
                pump(feed);
            }
        }
    }

    void logCut(RegionName to, int actor, long subscription) {
        unsubscribe(to, actor, subscription);
        decline(to, actor, subscription);
    }

    void acknowledge(RegionName from, Message.Acknowledge what) {
        for (Feed feed : feeds.getOrDefault(what.actor(), List.of())) {
            if (feed.to.equals(from) && feed.subscription == what.subscription()) {
                while (!feed.sent.isEmpty()
                        && feed.sent.getFirst().lastSequence() <= what.sequence()) {
                    feed.bytes -= feed.sent.removeFirst().bytes();
                }
                pump(feed);
            }
        }
    }
}
