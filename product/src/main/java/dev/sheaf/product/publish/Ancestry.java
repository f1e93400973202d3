package dev.sheaf.product.publish;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal.Gone;
import dev.sheaf.product.Run;
import dev.sheaf.product.ingest.InputFile;
import dev.sheaf.product.release.Releases;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Which input files a product's current release consists of: those of its own run and of the runs
/// it was built on, back to the last one that replaced everything, also where those releases were
/// removed. Releases that were rolled back are not among them, so their files can be published
/// again.
public final class Ancestry {
    static final String RUN = Releases.SUMMARY_RUN;
    static final String RELEASE = Releases.SUMMARY_RELEASE;
    static final String CONTRACT_VERSION = Releases.SUMMARY_CONTRACT_VERSION;
    public static final String MODE = "sheaf.mode";
    private static final String REPLACED = "replace";

    private final Lake lake;
    private final Ledger ledger;
    private final ProductSpec spec;

    Ancestry(Lake lake, Ledger ledger, ProductSpec spec) {
        this.lake = lake;
        this.ledger = ledger;
        this.spec = spec;
    }

    /// The files that are not part of the current release. In replace mode either all are fresh or,
    /// when the current release consists of exactly these, none.
    List<InputFile> fresh(List<InputFile> inputs) {
        Set<Sha256> known = digests();
        if (spec.publish().mode() == CommitMode.REPLACE) {
            Set<Sha256> given = inputs.stream().map(InputFile::digest).collect(Collectors.toSet());
            return given.equals(known) ? List.of() : inputs;
        }
        return inputs.stream().filter(input -> !known.contains(input.digest())).toList();
    }

    private Set<Sha256> digests() {
        Set<Sha256> digests = new HashSet<>();
        Optional<LakeTable> table =
                lake.table(new TableName(spec.name().domain().value(), spec.name().name()));
        if (table.isEmpty()) {
            return digests;
        }
        Map<Long, Gone> steps = new HashMap<>();
        ledger.removals(spec.name()).stream()
                .flatMap(removal -> removal.snapshots().stream())
                .forEach(gone -> steps.put(gone.snapshotId(), gone));
        table.get().snapshots().forEach(each -> steps.put(each.id(), step(each)));
        Optional<Gone> at = table.get().current().map(Ancestry::step);
        while (at.isPresent()) {
            ledger.run(at.get().runId())
                    .map(Run::inputs)
                    .ifPresent(inputs -> inputs.forEach(input -> digests.add(input.digest())));
            if (at.get().isReplacement()) {
                return digests;
            }
            at = at.get().parentId().map(steps::get);
        }
        return digests;
    }

    /// What a removal has to keep of a snapshot, so that later publishes know their inputs.
    public static Gone step(SnapshotInfo snapshot) {
        Map<String, String> summary = snapshot.summary();
        String number = summary.get(RELEASE);
        return new Gone(
                snapshot.id(),
                snapshot.parentId(),
                number == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number)),
                summary.getOrDefault(RUN, ""),
                REPLACED.equals(summary.get(MODE)));
    }

    /// The highest release number of the table's history, what was removed from it included; 0
    /// before the first.
    public static long lastRelease(LakeTable table, Ledger ledger, ProductName product) {
        LongStream there =
                table.snapshots().stream()
                        .map(snapshot -> snapshot.summary().get(RELEASE))
                        .filter(number -> number != null)
                        .mapToLong(Long::parseLong);
        LongStream gone =
                ledger.removals(product).stream()
                        .flatMap(removal -> removal.snapshots().stream())
                        .mapToLong(snapshot -> snapshot.release().orElse(0));
        return LongStream.concat(there, gone).max().orElse(0);
    }
}
