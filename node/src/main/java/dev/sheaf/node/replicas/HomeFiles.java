package dev.sheaf.node.replicas;

import dev.sheaf.cost.TransferUse;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.TableCopies.TableCopy;
import dev.sheaf.node.costs.Metering;
import dev.sheaf.node.erasure.ReplicaConfirmation;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.runs.ProductTraces;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.Releases;
import dev.sheaf.product.release.Releases.Resolved;
import dev.sheaf.product.release.When;

import org.apache.iceberg.io.SeekableInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What this region lets others copy or read of its own products. Each request is decided anew by
/// the policies in force, as `product.transfer` to the asking region, and to the region of the
/// store that the files go to; while the ranges of one release are read, once a second. The asking
/// node stands as a service of the product's domain.
public final class HomeFiles implements PeerFiles {
    static final String ACTION = "product.transfer";

    private static final Logger LOG = LoggerFactory.getLogger(HomeFiles.class);
    private static final Duration DECISION_MAX = Duration.ofSeconds(1);
    private static final int READS_MAX = 64;

    private final Ledger ledger;
    private final Releases releases;
    private final Lake lake;
    private final Governance governance;
    private final HandedOut handedOut;
    private final RegionName here;
    private final Metering metering;
    private final ProductTraces traces;
    private final Audit audit;
    private final Map<ReadKey, Granted> reads =
            new LinkedHashMap<>(READS_MAX, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ReadKey, Granted> eldest) {
                    return size() > READS_MAX;
                }
            };

    /// Releases that were described, and so recorded, since the node started.
    private final Set<ReadKey> described = ConcurrentHashMap.newKeySet();

    private record ReadKey(RegionName peer, CopyRequest request) {}

    /// @param locations of files by id
    private record Granted(Map<String, String> locations, long atNanos) {}

    /// @param here this region
    /// @param metering counts the bytes that leave it
    /// @param traces of changes, which are offered with the releases
    public HomeFiles(
            Ledger ledger,
            Releases releases,
            Lake lake,
            Governance governance,
            HandedOut handedOut,
            RegionName here,
            Metering metering,
            ProductTraces traces,
            Audit audit) {
        this.ledger = ledger;
        this.releases = releases;
        this.lake = lake;
        this.governance = governance;
        this.handedOut = handedOut;
        this.here = here;
        this.metering = metering;
        this.traces = traces;
        this.audit = audit;
    }

    @Override
    public OfferList offers(RegionName peer, Holdings holdings) {
        handedOut.report(peer, holdings.held());
        RegionName store = RegionName.parse(holdings.store());
        List<Offer> offers = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (ProductSpec spec : ledger.products()) {
            boolean isPlaced = ReplicaRegions.of(spec.table()).contains(peer);
            if (isPlaced || !holdings.roots().isEmpty()) {
                try {
                    offer(peer, store, holdings.roots(), spec, isPlaced, offers, refused);
                } catch (Problem e) {
                    // one product whose store fails hides nothing of the others
                    LOG.warn("{} cannot be offered to {}: {}", spec.name(), peer, e.message());
                    if (isPlaced) {
                        refused.add(
                                new Refusal(
                                        spec.name().toString(),
                                        List.of("its home cannot read it now: " + e.code())));
                        keepStanding(holdings, spec, offers);
                    }
                }
            }
        }
        return new OfferList(offers, refused);
    }

    /// A home that cannot read its own table does not have its copies deleted for that.
    private static void keepStanding(Holdings holdings, ProductSpec spec, List<Offer> offers) {
        List<Long> held =
                holdings.held().stream()
                        .filter(copy -> copy.product().equals(spec.name().toString()))
                        .map(HeldCopy::snapshotId)
                        .toList();
        if (!held.isEmpty()) {
            offers.add(new Offer(spec.name().toString(), 0, 0, true, Optional.empty(), held));
        }
    }

    private void offer(
            RegionName peer,
            RegionName store,
            List<String> roots,
            ProductSpec spec,
            boolean isPlaced,
            List<Offer> offers,
            List<Refusal> refused) {
        Optional<Resolved> found = releases.resolve(spec.name(), new When.Now());
        if (found.isEmpty()) {
            return;
        }
        Resolved current = found.get();
        boolean isReadable =
                roots.stream().anyMatch(root -> current.table().location().startsWith(root + "/"));
        List<String> refusals =
                isPlaced || isReadable ? refusals(peer, store, current).reasons() : List.of();
        if (isPlaced && !refusals.isEmpty()) {
            refused.add(new Refusal(spec.name().toString(), refusals));
        }
        if ((isPlaced || isReadable) && refusals.isEmpty()) {
            offers.add(
                    new Offer(
                            spec.name().toString(),
                            current.release(),
                            current.snapshotId(),
                            isPlaced,
                            isReadable
                                    ? lake.copies().metadataLocation(table(spec.name()))
                                    : Optional.empty(),
                            standing(spec.name()),
                            traces.of(spec.name())));
        }
    }

    /// Releases that a copy may be of: not left behind by a rollback, and not removed.
    private List<Long> standing(ProductName product) {
        return releases.history(product).stream()
                .filter(release -> release.standing() != Release.Standing.ROLLED_BACK)
                .filter(release ->
                        releases.whyGone(product, new When.Number(release.number())).isEmpty())
                .map(Release::snapshotId)
                .toList();
    }

    private record Verdict(List<String> reasons, String revision) {}

    /// Why the files may not go, empty when they may. A mask or a filter is a refusal: files go as
    /// they are.
    private Verdict refusals(RegionName peer, RegionName store, Resolved release) {
        List<String> reasons = new ArrayList<>();
        String revision = "";
        for (RegionName destination : store.equals(peer) ? List.of(peer) : List.of(peer, store)) {
            Decision decision =
                    governance.transfer(
                            "node/" + peer, release.product(), release.contract(), destination);
            revision = decision.revision();
            switch (decision) {
                case Decision.Deny denied ->
                        reasons.addAll(
                                denied.reasons().isEmpty()
                                        ? List.of("it is denied, without a reason")
                                        : denied.reasons());
                case Decision.Allow allowed -> {
                    if (!allowed.masks().isEmpty()) {
                        reasons.add(
                                "policy.mask: "
                                        + allowed.masks().keySet().stream().sorted().toList()
                                        + " would be masked, which a copy cannot be");
                    }
                    if (!allowed.filters().isEmpty()) {
                        reasons.add(
                                "policy.filter: rows would be left out, which a copy cannot do");
                    }
                }
            }
        }
        return new Verdict(List.copyOf(reasons), revision);
    }

    @Override
    public TableCopy describe(RegionName peer, CopyRequest request) {
        String id = "copy-" + UUID.randomUUID();
        Verdict verdict = judge(peer, request);
        if (!verdict.reasons().isEmpty()) {
            record(id, peer, request, Audit.Outcome.DENIED, verdict, Map.of());
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    request.product()
                            + " may not go to "
                            + peer
                            + ": "
                            + String.join("; ", verdict.reasons()));
        }
        TableCopy copy = lake.copies().describe(table(request.product()), request.snapshotId());
        handedOut.add(peer, new HeldCopy(request.product().toString(), request.snapshotId()));
        record(
                id,
                peer,
                request,
                Audit.Outcome.ALLOWED,
                verdict,
                Map.of("files", copy.files().size(), "bytes", copy.bytes(), "rows", copy.rows()));
        described.add(new ReadKey(peer, request));
        return copy;
    }

    /// Whether the owner still places the product there, and policies let it go.
    private Verdict judge(RegionName peer, CopyRequest request) {
        ProductName product = request.product();
        Optional<ProductSpec> spec = ledger.product(product);
        if (spec.isEmpty() || !ReplicaRegions.of(spec.get().table()).contains(peer)) {
            return new Verdict(
                    List.of("its owner does not place it there (" + ReplicaRegions.PROPERTY + ")"),
                    "");
        }
        Release release =
                releases.history(product).stream()
                        .filter(each -> each.snapshotId() == request.snapshotId())
                        .filter(each -> each.standing() != Release.Standing.ROLLED_BACK)
                        .findFirst()
                        .orElseThrow(() -> gone(product));
        if (releases.whyGone(product, new When.Number(release.number())).isPresent()) {
            throw gone(product);
        }
        return refusals(
                peer,
                request.store(),
                releases.resolve(product, new When.Number(release.number()))
                        .orElseThrow(() -> gone(product)));
    }

    private static Problem gone(ProductName product) {
        return new Problem(
                ProblemCode.NOT_FOUND, "that release of " + product + " is not there any more");
    }

    private void record(
            String id,
            RegionName peer,
            CopyRequest request,
            Audit.Outcome outcome,
            Verdict verdict,
            Map<String, Object> facts) {
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("destination", peer.toString());
        all.put("store", request.store().toString());
        all.put("snapshot", Long.toString(request.snapshotId()));
        all.put("reasons", String.join("; ", verdict.reasons()));
        all.put("policy", verdict.revision());
        audit.record(
                id,
                new Principal("node/" + peer, "", Set.of(), Set.of(), Set.of()),
                ACTION,
                request.product().toString(),
                outcome,
                all);
    }

    @Override
    public Range read(RegionName peer, CopyRequest request, String file, long offset, int length) {
        if (length < 1 || length > RANGE_BYTES_MAX || offset < 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a range begins at 0 or later and has 1 to " + RANGE_BYTES_MAX + " bytes");
        }
        String location = granted(peer, request).locations().get(file);
        if (location == null) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, request.product() + " has no such file " + file);
        }
        try (SeekableInputStream in = lake.files().newInputFile(location).newStream()) {
            in.seek(offset);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length) {
                throw new EOFException("it ends after " + (offset + bytes.length) + " bytes");
            }
            metering.record(
                    new TransferUse(
                            TransferUse.Kind.FILES,
                            here,
                            peer,
                            Set.of(request.product()),
                            Set.of(),
                            "",
                            length));
            return new Range(bytes, Sha256.of(bytes).hex());
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "file " + file + " of " + request.product() + " cannot be read at its home",
                    e);
        }
    }

    private Granted granted(RegionName peer, CopyRequest request) {
        ReadKey key = new ReadKey(peer, request);
        Optional<Granted> known;
        synchronized (reads) {
            known = Optional.ofNullable(reads.get(key));
        }
        boolean isRecent =
                known.isPresent()
                        && System.nanoTime() - known.get().atNanos() < DECISION_MAX.toNanos();
        if (isRecent) {
            return known.get();
        }
        Verdict verdict = judge(peer, request);
        if (!verdict.reasons().isEmpty()) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    request.product()
                            + " may not go to "
                            + peer
                            + " any more: "
                            + String.join("; ", verdict.reasons()));
        }
        if (!described.contains(key)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "ask for the files of " + request.product() + " first, then for their bytes");
        }
        Granted fresh =
                new Granted(
                        known.map(Granted::locations)
                                .orElseGet(() ->
                                        lake.copies()
                                                .locations(
                                                        table(request.product()),
                                                        request.snapshotId())),
                        System.nanoTime());
        synchronized (reads) {
            reads.put(key, fresh);
        }
        return fresh;
    }

    /// What regions say of their copies.
    ///
    /// @param max how long is waited for them
    public ReplicaConfirmation confirmations(Duration max) {
        return new ReplicaConfirmation() {
            @Override
            public Set<RegionName> holders(ProductName product) {
                return handedOut.holders(product, _ -> true);
            }

            @Override
            public Set<RegionName> awaitGone(ProductName product) {
                Set<Long> there =
                        ledger.product(product).isPresent()
                                ? Set.copyOf(standing(product))
                                : Set.of();
                return handedOut.awaitGone(product, id -> !there.contains(id), max);
            }
        };
    }

    private static TableName table(ProductName product) {
        return new TableName(product.domain().value(), product.name());
    }
}
