package dev.sheaf.context.runtime;

import dev.sheaf.context.json.Unicode;
import dev.sheaf.context.sync.GroupId;
import dev.sheaf.context.sync.Staleness;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/// A running context node, without its servers: give it frames, and it gives frames back.
public final class ContextRuntime implements ContextService, AutoCloseable {
    private final Groups groups;
    private final Ingestion ingestion;

    private ContextRuntime(Groups groups) {
        this.groups = groups;
        this.ingestion = new Ingestion(groups);
    }

    /// Opens the log and the state, replays what the state lacks, and starts the workers.
    ///
    /// @param nanoTime a clock that never goes back
    /// @throws Problem CONFLICT when another process has the folder, STORAGE_FAILED when it cannot
    ///   be read
    public static ContextRuntime open(ContextConfig config, Clock clock, LongSupplier nanoTime) {
        return new ContextRuntime(Groups.open(config, clock, nanoTime));
    }

    Groups groups() {
        return groups;
    }

    /// From now on the listener hears of transfers that end; of links that are up already it hears
    /// nothing.
    public void whenTransfersEnd(TransferListener listener) {
        groups.parts().transfers().heardBy(listener);
    }

    // --- links

    /// A link to that region is open, and takes the place of an earlier one. Any thread; calls for
    /// one link come one at a time, this one first. Calls for different links to one region may
    /// come at the same time: what is said of a link that another has replaced counts no more.
    public void linkUp(RegionName peer, PeerLink link) {
        groups.incoming().linkUp(peer, link);
    }

    public void linkDown(RegionName peer, PeerLink link) {
        groups.incoming().linkDown(peer, link);
    }

    /// A frame came. The link is closed when it is not what it should be.
    public void frame(RegionName peer, PeerLink link, byte[] frame) {
        groups.incoming().frame(peer, link, frame);
    }

    /// A region has become a member of the mesh: from now on links to it are taken, and it may join
    /// the scope. One that is known already stays as it is. To be said again after a start, as it
    /// is not kept.
    ///
    /// @param scope a named one, which grows with the mesh
    /// @throws IllegalArgumentException when there is no such scope
    public void admit(RegionName region, String scope) {
        ContextConfig config = groups.parts().config();
        SortedSet<RegionName> members = config.scopes().get(scope);
        if (members == null) {
            throw new IllegalArgumentException("there is no scope " + scope);
        }
        if (!region.equals(config.region())) {
            groups.parts().peers().add(region);
            config.regions().add(region);
            members.add(region);
        }
    }

    /// The region is gone for good: nothing waits for it any more, and nothing is kept for its
    /// return, as soon as the others agree. Meant are those of its epochs that counted when it was
    /// first said; if the region comes back under a later one, that is not meant. To be said again
    /// until it is so, also after a start.
    ///
    /// @return whether it is so: nothing of this region is waited for
    public boolean remove(RegionName region) {
        boolean isGone = true;
        long now = groups.parts().nanoTime().getAsLong();
        for (Group group : groups.all()) {
            isGone &= ask(group, () -> group.remove(region, now));
        }
        return isGone;
    }

    /// Whether all that this region wrote of a scope is durable at every member of it that there is
    /// a link with, as far as they have said.
    public boolean isKnownToPeers() {
        boolean isKnown = true;
        for (Group group : groups.all()) {
            isKnown &= ask(group, group::isKnownToPeers);
        }
        return isKnown;
    }

    /// The other regions of the mesh, former ones too.
    public Set<RegionName> peers() {
        return Set.copyOf(groups.parts().peers().regions());
    }

    /// There is room for frames again.
    public void writable(RegionName peer) {
        groups.parts().peers().outbox(peer).ifPresent(Outbox::writable);
    }

    /// From now on nothing of these scopes is exchanged with a region, and of all others again. To
    /// a held scope it is as if the link were cut: staleness grows, logs are kept for the region
    /// until it counts as gone, and what it missed comes when it is held no more. When this returns
    /// nothing of a scope that is held now is on its way any more; the link begins anew.
    ///
    /// @return whether other scopes are held than before
    public boolean hold(RegionName peer, List<HeldScope> scopes) {
        if (!groups.parts().peers().holds().set(peer, scopes)) {
            return false;
        }
        groups.incoming().beginAnew(peer, "other scopes are exchanged over it from now on");
        return true;
    }

    /// @throws Problem STORAGE_FAILED when the log has failed: the node must be started again
    public void requireHealthy() {
        groups.requireLog();
    }

    public ContextMetrics metrics() {
        return groups.parts().metrics();
    }

    // --- the service

    @Override
    public List<TypeInfo> types() {
        return groups.parts().types().all().stream().map(this::info).toList();
    }

    private TypeInfo info(KnownType type) {
        long documents =
                groups.ofScope(type.scope()).stream()
                        .mapToLong(group ->
                                ask(
                                        group,
                                        () -> {
                                            group.documents().digest();
                                            return group.documents().count();
                                        }))
                        .sum();
        return new TypeInfo(
                type.name(),
                type.type().domain().toString(),
                type.type().versions().stream().map(version -> version.version()).toList(),
                type.regions().stream().map(RegionName::toString).toList(),
                type.lane().name().toLowerCase(java.util.Locale.ROOT),
                documents,
                type.yaml());
    }

    @Override
    public Optional<DeclaredType> declared(String name) {
        return TypeRegistry.isOfTheMesh(name)
                ? Optional.empty()
                : groups.parts().types().find(name).map(KnownType::declared);
    }

    /// All types that domains declared, by name.
    public List<DeclaredType> declared() {
        return groups.parts().types().all().stream()
                .filter(type -> !TypeRegistry.isOfTheMesh(type.name()))
                .map(KnownType::declared)
                .toList();
    }

    @Override
    public DeclaredType drafted(String yaml, String sourceName) {
        return groups.parts().types().draft(yaml, sourceName).declared();
    }

    @Override
    public TypeInfo applyType(String yaml, String sourceName) {
        return info(groups.applyType(yaml, sourceName, false));
    }

    /// Declares a type of the mesh itself, whose name begins with `mesh.`: for what a node keeps of
    /// its own in documents. Such documents are written by [#write] alone; events that clients send
    /// are not taken.
    ///
    /// @throws Problem as [#applyType]
    public TypeInfo applyTypeOfTheMesh(String yaml, String sourceName) {
        return info(groups.applyType(yaml, sourceName, true));
    }

    @Override
    public WriteReceipt write(WriteRequest request) {
        return ingestion.write(request);
    }

    @Override
    public List<IngestResult> ingest(byte[] json, Optional<String> type, String author) {
        return ingestion.ingest(json, type, author);
    }

    @Override
    public Read read(ReadRequest request) {
        KnownType type = groups.hereOrThrow(request.key().type());
        request.schemaVersion().ifPresent(type.type()::version);
        Group group = groups.of(type, request.key());
        CompletableFuture<Read> answer = new CompletableFuture<>();
        group.worker()
                .offer(() -> {
                    try {
                        group.reads().read(request, type, answer);
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return await(answer);
    }

    @Override
    public List<String> list(String type, String after, int limit) {
        KnownType known = groups.hereOrThrow(type);
        TreeSet<String> ids = new TreeSet<>();
        for (Group group : groups.ofScope(known.scope())) {
            ids.addAll(ask(group, () -> group.documents().ids(known, after, limit)));
        }
        return ids.stream().limit(limit).toList();
    }

    @Override
    public long documentsOfSubject(String type, String subject) {
        KnownType known = withSubject(type);
        long found = 0;
        for (Group group : groups.ofScope(known.scope())) {
            found += ask(group, () -> new GroupWrites(group, groups.parts()).of(known, subject));
        }
        return found;
    }

    private KnownType withSubject(String type) {
        KnownType known = groups.hereOrThrow(type);
        if (known.type().subject().isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    type
                            + " declares no subject, so it is not known whose data its documents"
                            + " are; erase documents one by one, or declare one");
        }
        return known;
    }

    @Override
    public long eraseSubject(String type, String subject, String eventId, String author) {
        KnownType known = withSubject(type);
        Unicode.requireWhole(subject, "the subject");
        Unicode.requireWhole(eventId, "the event's id");
        long erased = 0;
        for (Group group : groups.ofScope(known.scope())) {
            CompletableFuture<Long> done = new CompletableFuture<>();
            group.worker()
                    .offer(() -> {
                        try {
                            long count =
                                    new GroupWrites(group, groups.parts())
                                            .eraseSubject(known, subject, eventId, author);
                            group.whenDurable(Ingestion.completing(done, count));
                        } catch (RuntimeException e) {
                            done.completeExceptionally(e);
                        }
                    });
            erased += await(done);
        }
        return erased;
    }

    @Override
    public Watch watch(String type, Optional<String> id, Optional<String> position) {
        return new LogWatch(groups, groups.hereOrThrow(type), id, position);
    }

    @Override
    public List<ConflictEntry> conflicts(ConflictQuery query) {
        return groups.parts().conflicts().find(query);
    }

    @Override
    public List<HistoryEntry> history(DocumentKey key, int limit) {
        KnownType type = groups.hereOrThrow(key.type());
        return new History(groups).of(key, groups.of(type, key), limit);
    }

    @Override
    public List<LinkStatus> links() {
        return groups.parts().peers().regions().stream().map(this::link).toList();
    }

    private LinkStatus link(RegionName peer) {
        long staleness = 0;
        boolean known = true;
        boolean evicted = false;
        String via = "";
        for (Group group : groups.all()) {
            LinkView view = ask(group, () -> view(group, peer));
            if (view.isMember()) {
                staleness = Math.max(staleness, view.stalenessNanos());
                known &= view.stalenessNanos() != Staleness.UNKNOWN;
            }
            evicted |= view.isEvicted();
            via = view.via().isEmpty() ? via : view.via();
        }
        LinkMeter meter = groups.parts().peers().meter(peer);
        boolean up = groups.incoming().isUp(peer);
        return new LinkStatus(
                peer.toString(),
                evicted ? "evicted" : up ? "up" : "down",
                known ? Optional.of(Duration.ofNanos(staleness)) : Optional.empty(),
                groups.incoming().roundTrip(peer),
                via,
                meter.eventsIn(),
                meter.eventsOut(),
                meter.bytesIn(),
                meter.bytesOut(),
                meter.eventFramesOut(),
                meter.savedBytes(),
                groups.parts().peers().outbox(peer).map(Outbox::gatheredBytes).orElse(0L),
                groups.digestsOf(peer),
                groups.parts().peers().holds().of(peer));
    }

    private record LinkView(boolean isMember, boolean isEvicted, long stalenessNanos, String via) {}

    private LinkView view(Group group, RegionName peer) {
        long now = groups.parts().nanoTime().getAsLong();
        Optional<Staleness.Origin> origin =
                group.replica().staleness(now).origins().stream()
                        .filter(each -> each.region().equals(peer))
                        .max(Comparator.comparingLong(Staleness.Origin::nanos));
        List<dev.sheaf.context.sync.Member> members =
                group.replica().members().stream()
                        .filter(member ->
                                groups.parts().actors().actor(member.actor()).region().equals(peer))
                        .toList();
        String via =
                members.stream()
                        .map(member -> group.replica().upstreamOf(member.actor()))
                        .flatMap(Optional::stream)
                        .map(RegionName::toString)
                        .findFirst()
                        .orElse("");
        boolean evicted = origin.isEmpty() && !members.isEmpty();
        return new LinkView(
                origin.isPresent(), evicted, origin.map(Staleness.Origin::nanos).orElse(0L), via);
    }

    /// How old the knowledge of all documents of a type can be here, by the regions that write
    /// them.
    ///
    /// @throws Problem NOT_FOUND for a type that is not known
    public Freshness freshness(String type) {
        Duration staleness = Duration.ZERO;
        Map<RegionName, Duration> byRegion = new HashMap<>();
        for (Group group : groups.ofScope(groups.hereOrThrow(type).scope())) {
            Freshness each =
                    ask(
                            group,
                            () -> group.reads().freshness(groups.parts().nanoTime().getAsLong()));
            staleness = longer(staleness, each.staleness());
            each.byRegion()
                    .forEach((region, age) -> byRegion.merge(region, age, ContextRuntime::longer));
        }
        return new Freshness(staleness, byRegion);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public List<DigestEntry> digests() {
        List<DigestEntry> entries = new ArrayList<>();
        for (Group group : groups.all()) {
            entries.add(ask(group, () -> digest(group)));
        }
        return entries;
    }

    private DigestEntry digest(Group group) {
        GroupId id = group.id();
        return new DigestEntry(
                id.scope(),
                id.shard(),
                EventText.vector(group.replica().applied(), groups.parts().actors()),
                EventText.vector(group.replica().cut(), groups.parts().actors()),
                HexFormat.of().toHexDigits(group.documents().digest()),
                group.documents().count());
    }

    @Override
    public long checkpoint(Path folder) {
        return groups.checkpoint(folder);
    }

    /// Makes the folder of an engine that is not running out of a checkpoint.
    ///
    /// @param folder what [ContextConfig#folder()] will be; must not exist, or be empty
    /// @return the log position up to which it has everything
    /// @throws Problem UNREADABLE_INPUT when the checkpoint is incomplete or damaged; CONFLICT when
    ///   the folder has something in it; STORAGE_FAILED when the disk fails
    public static long restore(Path checkpoint, Path folder) {
        return Checkpoints.restore(checkpoint, folder);
    }

    private static <T> T ask(Group group, java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        group.worker()
                .submit(() -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return await(answer);
    }

    /// The result, or the problem that it ended with.
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException("a context input failed", e.getCause());
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new Problem(ProblemCode.CANCELLED, "the caller is gone", e);
        }
    }

    /// Everything acknowledged is on disk, and the state is written behind, when this returns.
    @Override
    public void close() {
        groups.close();
    }
}
