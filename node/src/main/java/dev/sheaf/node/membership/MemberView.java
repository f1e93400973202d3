package dev.sheaf.node.membership;

import dev.sheaf.client.MemberInfo;
import dev.sheaf.client.MemberList;
import dev.sheaf.context.runtime.LinkStatus;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.links.NodeCredentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The members as this node shows them: whom it knows by statements, and whom only its
/// configuration names. For any thread.
public final class MemberView {
    private static final String UP = "up";

    private final NodeCredentials credentials;
    private final Members members;
    private final ContextNode context;
    private final MemberAddress address;
    private final List<LinksConfig.Peer> configured;
    private final Clock clock;

    /// @param address where this node is found
    public MemberView(
            NodeCredentials credentials,
            Members members,
            ContextNode context,
            MemberAddress address,
            List<LinksConfig.Peer> configured,
            Clock clock) {
        this.credentials = credentials;
        this.members = members;
        this.context = context;
        this.address = address;
        this.configured = List.copyOf(configured);
        this.clock = clock;
    }

    String self() {
        return credentials.self().region().toString();
    }

    /// Seconds until the node's own certificate for links ends; negative when it has.
    public double certificateSecondsLeft() {
        return Duration.between(clock.instant(), credentials.identity().certifiedUntil())
                .toSeconds();
    }

    MemberList list() {
        Map<RegionName, Member> known = new TreeMap<>();
        for (LinksConfig.Peer peer : configured) {
            known.put(
                    peer.region(),
                    named(
                            peer.region(),
                            new MemberAddress(peer.host(), peer.port(), peer.url().orElse(""))));
        }
        known.put(credentials.self().region(), named(credentials.self().region(), address));
        members.list().forEach(member -> known.put(member.region(), member));
        Map<String, LinkStatus> links =
                context.service().links().stream()
                        .collect(Collectors.toMap(LinkStatus::region, Function.identity()));
        return new MemberList(
                credentials.self().mesh(),
                known.values().stream()
                        .map(member ->
                                info(
                                        member,
                                        Optional.ofNullable(links.get(member.region().toString()))))
                        .toList());
    }

    private static Member named(RegionName region, MemberAddress address) {
        return new Member(region, "", Member.State.ACTIVE, address, Optional.empty());
    }

    private MemberInfo info(Member member, Optional<LinkStatus> link) {
        boolean self = member.region().equals(credentials.self().region());
        MemberAddress at = member.address();
        return new MemberInfo(
                member.region().toString(),
                member.state().name().toLowerCase(Locale.ROOT),
                member.since().map(Instant::toString),
                self,
                self
                        ? Optional.of(
                                credentials.own().isPresent()
                                        && credentials.own().get().holdsRoot())
                        : Optional.empty(),
                at.isDialable() ? at.host() + ":" + at.port() : "",
                at.url(),
                self ? "" : link.filter(one -> one.state().equals(UP)).isPresent() ? UP : "down",
                (self
                                ? Optional.of(credentials.identity().certifiedUntil())
                                : context.certifiedUntil(member.region()))
                        .map(Instant::toString),
                heard(self, link));
    }

    private static OptionalLong heard(boolean self, Optional<LinkStatus> link) {
        if (self || link.isEmpty() || link.get().staleness().isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(link.get().staleness().get().toMillis());
    }
}
