package dev.sheaf.product.release;

import dev.sheaf.contract.TableContract;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.ContractVersion;
import dev.sheaf.product.Ledger.Rollback;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.SpecReader;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The releases of all products of a region. Safe for use by many threads.
///
/// A snapshot is a release if its summary says so (`sheaf.release`, `sheaf.run`,
/// `sheaf.contract.version`); that holds even when the node died before the ledger heard of it.
public final class Releases {
    public static final String SUMMARY_RELEASE = "sheaf.release";
    public static final String SUMMARY_RUN = "sheaf.run";
    public static final String SUMMARY_CONTRACT_VERSION = "sheaf.contract.version";

    /// How a release came to be, if not by a publish: one of the two below.
    public static final String SUMMARY_KIND = "sheaf.kind";

    /// It is the release before without a person's rows.
    public static final String KIND_ERASED = "erased";

    /// It is the release before without rows that were older than the contract allows.
    public static final String KIND_EXPIRED = "expired";

    private static final String SUMMARY_TOTAL_ROWS = "total-records";

    private final Ledger ledger;
    private final Lake lake;
    private final SpecReader specReader;
    private final Clock clock;
    private final Map<ContractKey, TableContract> contracts = new ConcurrentHashMap<>();

    public Releases(Ledger ledger, Lake lake, SpecReader specReader, Clock clock) {
        this.ledger = ledger;
        this.lake = lake;
        this.specReader = specReader;
        this.clock = clock;
    }

    /// Highest number first; empty when the product was never published.
    ///
    /// @throws Problem NOT_FOUND when there is no such product
    public List<Release> history(ProductName product) {
        requireProduct(product);
        return table(product).map(table -> history(product, table)).orElse(List.of());
    }

    /// What readers see; empty when the product was never published.
    public Optional<Release> current(ProductName product) {
        return history(product).stream()
                .filter(release -> release.standing() == Release.Standing.CURRENT)
                .findFirst();
    }

    /// @throws Problem NOT_FOUND naming the releases there are
    public Release release(ProductName product, long number) {
        List<Release> history = history(product);
        return history.stream()
                .filter(release -> release.number() == number)
                .findFirst()
                .orElseThrow(() -> notFound(product, number, history));
    }

    private Problem notFound(ProductName product, long number, List<Release> history) {
        return new Problem(
                ProblemCode.NOT_FOUND,
                whyGone(product, new When.Number(number))
                                .orElse(product + " has no release " + number)
                        + (history.isEmpty()
                                ? "; it was never published"
                                : "; it has "
                                        + history.getLast().number()
                                        + " to "
                                        + history.getFirst().number()));
    }

    /// Why a release that was there is not there any more, and since when; empty when it was not
    /// removed.
    public Optional<String> whyGone(ProductName product, When when) {
        return ledger.removals(product).stream()
                .filter(removal -> tookAway(removal, when))
                .min(Comparator.comparing(Removal::at))
                .map(removal -> said(product, when) + reason(removal));
    }

    private static boolean tookAway(Removal removal, When when) {
        return switch (when) {
            case When.Now() -> false;
            case When.Number(long number) -> removal.tookRelease(number);
            case When.At(Instant instant) ->
                    removal.state() != Removal.State.ABANDONED && instant.isBefore(removal.at());
        };
    }

    private static String said(ProductName product, When when) {
        return switch (when) {
            case When.Now() -> product.toString();
            case When.Number(long number) -> "release " + number + " of " + product;
            case When.At(Instant instant) -> "what " + product + " was at " + instant;
        };
    }

    private static String reason(Removal removal) {
        return switch (removal.kind()) {
            case ERASURE -> " was erased for privacy at " + removal.at();
            case RETENTION ->
                    " was removed at " + removal.at() + ", as its retention time was over";
        };
    }

    /// Where to read the release that is meant, and under which contract it was published; empty
    /// when there is no such product, or no release of it then.
    public Optional<Resolved> resolve(ProductName product, When when) {
        Optional<ProductSpec> spec = ledger.product(product);
        Optional<LakeTable> found = spec.isEmpty() ? Optional.empty() : table(product);
        if (spec.isEmpty() || found.isEmpty()) {
            return Optional.empty();
        }
        LakeTable table = found.get();
        Optional<SnapshotInfo> snapshot =
                switch (when) {
                    case When.Now() -> table.current();
                    case When.At(Instant instant) -> table.asOf(instant);
                    case When.Number(long number) ->
                            table.snapshots().stream()
                                    .filter(s -> number(s).equals(OptionalLong.of(number)))
                                    .findFirst();
                };
        return snapshot.filter(s -> number(s).isPresent()).map(s -> resolved(spec.get(), table, s));
    }

    private Resolved resolved(ProductSpec spec, LakeTable table, SnapshotInfo snapshot) {
        return new Resolved(
                spec.name(),
                contract(spec, snapshot.summary().getOrDefault(SUMMARY_CONTRACT_VERSION, "")),
                table,
                snapshot.id(),
                number(snapshot).orElseThrow());
    }

    /// A release is served under the contract it was published under.
    private TableContract contract(ProductSpec spec, String version) {
        if (version.equals(spec.contract().version()) || version.isEmpty()) {
            return spec.table();
        }
        return ledger.contractVersions(spec.name()).stream()
                .filter(past -> past.version().equals(version))
                .findFirst()
                .map(past -> contract(spec, past))
                .orElseGet(spec::table);
    }

    private TableContract contract(ProductSpec spec, ContractVersion past) {
        ContractKey key =
                new ContractKey(spec.name(), spec.descriptor().source().digest(), past.digest());
        return contracts.computeIfAbsent(
                key,
                ignored ->
                        specReader
                                .read(spec.name(), spec.descriptor().source(), past.source())
                                .table());
    }

    /// Makes an earlier release current again. Nothing is lost: every release stays readable by its
    /// number, the next publish builds on the one that is current then and gets the next unused
    /// number. Rolling back to the current release changes nothing.
    ///
    /// The caller sees to it that the product is not published meanwhile.
    ///
    /// @throws Problem NOT_FOUND when there is no such product or release
    public Release rollback(ProductName product, long number, String by) {
        Release target = release(product, number);
        if (target.standing() == Release.Standing.CURRENT) {
            return target;
        }
        refuseErased(product, number);
        long from = current(product).map(Release::number).orElse(0L);
        Rollback rollback = new Rollback(product, from, number, clock.instant(), by, false);
        ledger.record(rollback);
        table(product).orElseThrow().rollbackTo(target.snapshotId());
        ledger.record(rollback.confirmed());
        return release(product, number);
    }

    /// A removal that a crash has interrupted still has the release's files.
    private void refuseErased(ProductName product, long number) {
        Optional<String> why = whyGone(product, new When.Number(number));
        if (why.isPresent()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, why.get() + "; roll back to one that is still there");
        }
    }

    private List<Release> history(ProductName product, LakeTable table) {
        Map<Long, SnapshotInfo> snapshots = new HashMap<>();
        table.snapshots().forEach(snapshot -> snapshots.put(snapshot.id(), snapshot));
        Map<String, Run> runs = new HashMap<>();
        ledger.releases(product).forEach(run -> runs.put(run.id(), run));
        Optional<SnapshotInfo> current = table.current();
        Set<Long> ancestors = ancestors(current, snapshots);
        List<Release> releases = new ArrayList<>();
        for (SnapshotInfo snapshot : snapshots.values()) {
            if (number(snapshot).isPresent()) {
                Release.Standing standing =
                        current.map(c -> c.id() == snapshot.id()).orElse(false)
                                ? Release.Standing.CURRENT
                                : ancestors.contains(snapshot.id())
                                        ? Release.Standing.EARLIER
                                        : Release.Standing.ROLLED_BACK;
                releases.add(release(snapshot, snapshots, runs, standing));
            }
        }
        releases.sort(Comparator.comparingLong(Release::number).reversed());
        return List.copyOf(releases);
    }

    private static Set<Long> ancestors(
            Optional<SnapshotInfo> current, Map<Long, SnapshotInfo> snapshots) {
        Set<Long> ancestors = new HashSet<>();
        Optional<SnapshotInfo> next = current;
        while (next.isPresent() && ancestors.add(next.get().id())) {
            next = next.get().parentId().map(snapshots::get);
        }
        return ancestors;
    }

    private static Release release(
            SnapshotInfo snapshot,
            Map<Long, SnapshotInfo> snapshots,
            Map<String, Run> runs,
            Release.Standing standing) {
        String runId = snapshot.summary().getOrDefault(SUMMARY_RUN, "");
        Optional<Run> run = Optional.ofNullable(runs.get(runId));
        return new Release(
                number(snapshot).orElseThrow(),
                snapshot.id(),
                snapshot.parentId()
                        .map(snapshots::get)
                        .map(Releases::number)
                        .orElse(OptionalLong.empty()),
                snapshot.committedAt(),
                snapshot.summary().getOrDefault(SUMMARY_CONTRACT_VERSION, ""),
                runId,
                run.map(Run::startedBy),
                whole(snapshot.summary().get(SUMMARY_TOTAL_ROWS)),
                counted(run.map(Run::rowsPublished)),
                counted(run.map(Run::rowsQuarantined)),
                run.flatMap(Run::score),
                standing,
                kind(snapshot));
    }

    private static Release.Kind kind(SnapshotInfo snapshot) {
        return switch (snapshot.summary().getOrDefault(SUMMARY_KIND, "")) {
            case KIND_ERASED -> Release.Kind.ERASED;
            case KIND_EXPIRED -> Release.Kind.EXPIRED;
            default -> Release.Kind.PUBLISHED;
        };
    }

    private static OptionalLong number(SnapshotInfo snapshot) {
        return whole(snapshot.summary().get(SUMMARY_RELEASE));
    }

    private static OptionalLong whole(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static OptionalLong counted(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private void requireProduct(ProductName product) {
        if (ledger.product(product).isEmpty()) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no product " + product);
        }
    }

    private Optional<LakeTable> table(ProductName product) {
        return lake.table(new TableName(product.domain().value(), product.name()));
    }

    /// A release to read.
    ///
    /// @param contract the table as the release's own contract version describes it
    public record Resolved(
            ProductName product,
            TableContract contract,
            LakeTable table,
            long snapshotId,
            long release) {}

    private record ContractKey(ProductName product, Sha256 descriptor, Sha256 contract) {}
}
