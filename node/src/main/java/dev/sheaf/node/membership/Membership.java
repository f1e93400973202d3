package dev.sheaf.node.membership;

import dev.sheaf.context.runtime.Watch;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.context.ContextNode;
import dev.sheaf.node.links.NodeCredentials;
import dev.sheaf.node.pki.Fingerprints;
import dev.sheaf.node.pki.MeshKeys;
import dev.sheaf.node.pki.RootSignatures;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Keeps the node to what is known of members: whoever is admitted is dialed and let in, whoever
/// has left or was evicted is let go of, at once where it is said and as soon as it is heard
/// elsewhere. For any thread.
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final NodeCredentials credentials;
    private final MeshKeys keys;
    private final Members members;
    private final ContextNode context;
    private final MemberDocuments documents;
    private final Clock clock;
    private final Thread thread;
    private final Map<RegionName, Member> done = new HashMap<>();
    private final Map<RegionName, Boolean> dismissed = new HashMap<>();
    private volatile boolean isDeparting;

    private Membership(
            NodeCredentials credentials,
            MeshKeys keys,
            Members members,
            ContextNode context,
            Clock clock) {
        this.credentials = credentials;
        this.keys = keys;
        this.members = members;
        this.context = context;
        this.documents = new MemberDocuments(context.service(), members, check(credentials, keys));
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("members").unstarted(this::run);
    }

    private static StatementCheck check(NodeCredentials credentials, MeshKeys keys) {
        return new StatementCheck(credentials.self().mesh(), keys.root(), credentials.signatures());
    }

    /// Begins with what is known here, and follows what the others say from then on.
    ///
    /// @param address where this node is found
    /// @return empty where certificates are an operator's: then members are whom the configuration
    ///   names
    public static Optional<Membership> open(
            NodeCredentials credentials,
            Members members,
            ContextNode context,
            MemberAddress address,
            Clock clock) {
        MemberDocuments.declare(context.runtime());
        if (credentials.own().isEmpty()) {
            return Optional.empty();
        }
        MeshKeys keys = credentials.own().get();
        members.verify(check(credentials, keys));
        Membership membership = new Membership(credentials, keys, members, context, clock);
        membership.nameItself(address);
        membership.follow();
        membership.thread.start();
        return Optional.of(membership);
    }

    /// The holder of the root admits itself; who moves, says so.
    private void nameItself(MemberAddress address) {
        String authority = ownAuthority();
        Optional<Member> self = members.record(self(), authority).flatMap(MemberRecord::member);
        if (self.isEmpty() && keys.holdsRoot()) {
            say(
                    MemberStatement.Kind.ADMISSION,
                    self(),
                    authority,
                    members.nextNumber(self()),
                    address);
        } else if (self.isPresent() && !self.get().address().equals(address)) {
            say(MemberStatement.Kind.ADDRESS, self(), authority, 0, address);
        }
    }

    RegionName self() {
        return credentials.self().region();
    }

    String mesh() {
        return credentials.self().mesh();
    }

    MeshKeys keys() {
        return keys;
    }

    Members members() {
        return members;
    }

    private String ownAuthority() {
        return Fingerprints.of(keys.authority().certificate());
    }

    /// Says something of a member, and does here what follows from it.
    ///
    /// @throws Problem FORBIDDEN when only the root can say it, and this node does not hold it
    void say(
            MemberStatement.Kind kind,
            RegionName region,
            String authority,
            long number,
            MemberAddress address) {
        MemberStatement statement =
                new MemberStatement(
                        kind,
                        mesh(),
                        region.toString(),
                        authority,
                        number,
                        address,
                        clock.instant().toString());
        byte[] content = statement.content();
        String signature =
                kind.isByRoot()
                        ? RootSignatures.sign(keys, content)
                        : credentials.signatures().sign(content);
        members.add(SignedStatement.of(statement, signature));
    }

    /// Does what follows from what is known now.
    synchronized void follow() {
        for (Member member : members.list()) {
            if (member.region().equals(self())) {
                followSelf(member);
            } else if (member.state() == Member.State.ACTIVE) {
                if (!member.equals(done.put(member.region(), member))) {
                    dismissed.remove(member.region());
                    welcome(member);
                }
            } else if (!Boolean.TRUE.equals(dismissed.get(member.region()))) {
                done.remove(member.region());
                dismissed.put(member.region(), context.dismiss(member.region(), words(member)));
            }
        }
    }

    private void welcome(Member member) {
        LOG.info(
                "{} is a member of the mesh {}, found at {}:{}",
                member.region(),
                mesh(),
                member.address().host(),
                member.address().port());
        context.welcome(
                member.region(),
                member.address().isDialable()
                        ? Optional.of(
                                InetSocketAddress.createUnresolved(
                                        member.address().host(), member.address().port()))
                        : Optional.empty(),
                member.address().url());
    }

    private void followSelf(Member member) {
        if (!isDeparting
                && member.state() != Member.State.ACTIVE
                && member.authority().equals(ownAuthority())
                && !member.equals(done.put(member.region(), member))) {
            LOG.warn("{}; this node is alone from now on", words(member));
            context.leave(words(member));
        }
    }

    private static String words(Member member) {
        String when = member.since().map(at -> " at " + at).orElse("");
        return switch (member.state()) {
            case ACTIVE -> member.region() + " is a member";
            case LEFT -> member.region() + " has left the mesh" + when;
            case EVICTED -> member.region() + " was evicted from the mesh" + when;
        };
    }

    /// Says that this node leaves, waits until that has arrived, then is alone.
    ///
    /// @param arrival waits, and says whether it has; if not, the others hear of it when the node
    ///   is reached by none: they have to evict it
    void depart(BooleanSupplier arrival) {
        isDeparting = true;
        try {
            say(MemberStatement.Kind.DEPARTURE, self(), ownAuthority(), 0, MemberAddress.UNSAID);
            publish();
            if (!arrival.getAsBoolean()) {
                LOG.warn("that this node leaves has not arrived everywhere");
            }
        } finally {
            isDeparting = false;
        }
        follow();
    }

    private synchronized void publish() {
        documents.publish();
    }

    /// Whether this node is a member still.
    ///
    /// @throws Problem CONFLICT when it has left or was evicted
    void requireActive() {
        members.record(self(), ownAuthority())
                .flatMap(MemberRecord::member)
                .filter(member -> member.state() != Member.State.ACTIVE)
                .ifPresent(member -> {
                    throw new Problem(ProblemCode.CONFLICT, words(member));
                });
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Watch watch = documents.watch()) {
                pass();
                while (!Thread.currentThread().isInterrupted()) {
                    watch.next(PATIENCE);
                    pass();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted() || !pause(e)) {
                    return;
                }
            }
        }
    }

    private static boolean pause(RuntimeException e) {
        LOG.debug("members cannot be followed now; it is tried again", e);
        try {
            Thread.sleep(PATIENCE);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private synchronized void pass() {
        documents.take();
        follow();
        documents.publish();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
