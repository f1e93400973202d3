package dev.sheaf.product.publish;

import dev.sheaf.kernel.Sha256;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.ingest.InputFile;
import dev.sheaf.product.release.Releases;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which input files a product's current release consists of: those of its own run and of the runs
/// it was built on, back to the last one that replaced everything. Releases that were rolled back
/// are not among them, so their files can be published again.
final class Ancestry {
    static final String RUN = Releases.SUMMARY_RUN;
    static final String RELEASE = Releases.SUMMARY_RELEASE;
    static final String CONTRACT_VERSION = Releases.SUMMARY_CONTRACT_VERSION;
    static final String MODE = "sheaf.mode";
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
        Map<Long, SnapshotInfo> snapshots =
                table.get().snapshots().stream()
                        .collect(Collectors.toMap(SnapshotInfo::id, Function.identity()));
        Optional<SnapshotInfo> at = table.get().current();
        while (at.isPresent()) {
            Map<String, String> summary = at.get().summary();
            Optional.ofNullable(summary.get(RUN))
                    .flatMap(ledger::run)
                    .map(Run::inputs)
                    .ifPresent(inputs -> inputs.forEach(input -> digests.add(input.digest())));
            if (REPLACED.equals(summary.get(MODE))) {
                return digests;
            }
            at = at.get().parentId().map(snapshots::get);
        }
        return digests;
    }

    /// The highest release number of the table's history, 0 before the first.
    static long lastRelease(LakeTable table) {
        return table.snapshots().stream()
                .map(snapshot -> snapshot.summary().get(RELEASE))
                .filter(number -> number != null)
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }
}
