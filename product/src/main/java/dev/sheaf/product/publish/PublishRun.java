package dev.sheaf.product.publish;

import dev.sheaf.contract.ColumnType;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.CommitMode;
import dev.sheaf.lake.Lake.LakeTable;
import dev.sheaf.lake.Lake.SnapshotInfo;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.Lake.WrittenFile;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.Run.State;
import dev.sheaf.product.ingest.InputFile;
import dev.sheaf.product.ingest.Inputs;
import dev.sheaf.product.ingest.RecordScans;
import dev.sheaf.product.ingest.SourceReader;
import dev.sheaf.product.ingest.SqlText;
import dev.sheaf.product.publish.PublishReport.FileReport;
import dev.sheaf.product.quality.KeyCheck;
import dev.sheaf.product.quality.ReleaseViews.ReleaseView;
import dev.sheaf.product.quality.RuleResult;
import dev.sheaf.product.quality.RuleRun;
import dev.sheaf.product.quality.Score;
import dev.sheaf.product.sample.ColumnProposal;
import dev.sheaf.product.sample.ColumnSampler;
import dev.sheaf.product.transform.RuleSql;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// One publish, under its product's lock, from its inputs to its report. Used once.
final class PublishRun {
    static final String EXISTING = "sheaf_existing";

    private final Engine engine;
    private final Lake lake;
    private final Ledger ledger;
    private final Clock clock;
    private final PublishLimits limits;
    private final ProductSpec spec;
    private final String location;
    private final PublishRequest request;
    private final PublishListener listener;
    private final ReleaseGate gate;
    private final DistantReleases distant;
    private final Path scratch;
    private final RecordScans scans = new RecordScans();
    private final Map<Phase, Long> millis = new EnumMap<>(Phase.class);
    private volatile boolean cancelled;
    private volatile @Nullable EngineSession session;
    private Phase phase = Phase.FETCH;
    private long phaseBegan;
    private long bytes;
    private long rowsSeen;
    private Run run;

    PublishRun(
            Engine engine,
            Lake lake,
            Ledger ledger,
            Clock clock,
            PublishLimits limits,
            ProductSpec spec,
            String location,
            PublishRequest request,
            PublishListener listener,
            ReleaseGate gate,
            DistantReleases distant,
            Path scratch) {
        this.engine = engine;
        this.lake = lake;
        this.ledger = ledger;
        this.clock = clock;
        this.limits = limits;
        this.spec = spec;
        this.location = location;
        this.request = request;
        this.listener = listener;
        this.gate = gate;
        this.distant = distant;
        this.scratch = scratch;
        this.run =
                new Run(
                        request.runId(),
                        spec.name(),
                        State.PREPARED,
                        request.startedBy(),
                        clock.instant(),
                        Optional.empty(),
                        spec.contract().version(),
                        List.of(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        0,
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    void cancel() {
        cancelled = true;
        EngineSession current = session;
        if (current != null) {
            current.cancel();
        }
    }

    /// The run as it stands, for the ledger.
    Run run() {
        return run;
    }

    private void enter(Phase next) {
        long now = System.nanoTime();
        if (phaseBegan != 0) {
            millis.merge(phase, (now - phaseBegan) / 1_000_000, Long::sum);
        }
        phase = next;
        phaseBegan = now;
        listener.progress(new PublishListener.Progress(request.runId(), next, 0, rowsSeen, bytes));
        stopIfCancelled();
    }

    private void stopIfCancelled() {
        if (cancelled) {
            throw new Problem(
                    ProblemCode.CANCELLED, "the publish was cancelled; nothing was published");
        }
    }

    private void save(Run next) {
        run = next;
        if (!request.dryRun()) {
            ledger.update(next);
        }
    }

    /// @throws Problem when it fails; files it has written are then still there
    PublishReport execute() throws IOException {
        if (!request.dryRun()) {
            ledger.begin(run);
        }
        enter(Phase.FETCH);
        List<String> skipped = new ArrayList<>();
        List<InputFile> inputs = inputs(skipped);
        bytes = inputs.stream().mapToLong(InputFile::bytes).sum();
        save(
                run.withInputs(
                        inputs.stream()
                                .map(input ->
                                        new Run.Input(input.name(), input.digest(), input.bytes()))
                                .toList()));
        if (inputs.isEmpty()) {
            return unchanged(skipped);
        }
        Compiled compiled;
        try (EngineSession parser = open(List.of())) {
            session = parser;
            compiled = Compiled.of(parser, spec);
        }
        LakeReleaseViews views = new LakeReleaseViews(lake, scratch);
        Map<ProductName, Optional<ReleaseView>> others = new LinkedHashMap<>();
        compiled.rules()
                .products()
                .forEach(name -> others.put(name, views.current(name).or(() -> distant(name))));
        Optional<ReleaseView> existing =
                spec.publish().mode() == CommitMode.APPEND
                        ? views.current(spec.name())
                        : Optional.empty();
        List<Path> readable = new ArrayList<>();
        inputs.forEach(input -> readable.add(input.path()));
        existing.ifPresent(view -> readable.addAll(view.files()));
        others.values().forEach(view -> view.ifPresent(found -> readable.addAll(found.files())));
        try (EngineSession opened = open(readable);
                QuarantineFile quarantine =
                        new QuarantineFile(
                                scratch.resolve("quarantine.ndjson"),
                                compiled.transform().isPresent())) {
            session = opened;
            stopIfCancelled();
            return publish(
                    new Pipeline(opened, compiled, existing, others, quarantine), inputs, skipped);
        } finally {
            session = null;
        }
    }

    private Optional<ReleaseView> distant(ProductName product) {
        return distant.fetch(product, scratch)
                .map(file ->
                        new ReleaseView(
                                "SELECT * FROM read_parquet(" + SqlText.text(file.toString()) + ")",
                                List.of(file)));
    }

    private EngineSession open(List<Path> readable) {
        List<Path> all = new ArrayList<>(readable);
        all.add(scratch);
        return engine.open(
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        limits.memoryMax(),
                        limits.threads(),
                        scratch,
                        all,
                        List.of(scratch, lake.staging())));
    }

    private record Pipeline(
            EngineSession session,
            Compiled compiled,
            Optional<ReleaseView> existing,
            Map<ProductName, Optional<ReleaseView>> others,
            QuarantineFile quarantine) {}

    /// Files that are new, each content once; the names of the others go to `skipped`.
    private List<InputFile> inputs(List<String> skipped) throws IOException {
        Ancestry ancestry = new Ancestry(lake, ledger, spec);
        List<InputFile> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Inputs.Located located : new Inputs(lake.files(), scratch).locate(request.inputs())) {
            stopIfCancelled();
            scans.begin(located.path(), spec, scratch, limits.recordBytesMax());
            InputFile input = Inputs.digest(named(located));
            if (seen.add(input.digest().hex())) {
                all.add(input);
            } else {
                skipped.add(input.name());
            }
        }
        List<InputFile> fresh = ancestry.fresh(all);
        all.stream()
                .filter(input -> !fresh.contains(input))
                .forEach(input -> skipped.add(input.name()));
        return fresh;
    }

    private Inputs.Located named(Inputs.Located located) {
        return new Inputs.Located(
                request.names().getOrDefault(located.name(), located.name()), located.path());
    }

    private PublishReport unchanged(List<String> skipped) {
        PublishReport report =
                report(
                        State.UNCHANGED.name(),
                        List.of("the current release holds all of these files already"),
                        Counts.NONE,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        skipped,
                        Map.of());
        save(
                ended(
                        State.UNCHANGED,
                        Counts.NONE,
                        report,
                        OptionalLong.empty(),
                        OptionalLong.empty()));
        return report;
    }

    private record Counts(long in, long published, long quarantined, long total) {
        static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    private PublishReport publish(Pipeline pipeline, List<InputFile> inputs, List<String> skipped)
            throws IOException {
        EngineSession engineSession = pipeline.session();
        pipeline.existing()
                .ifPresent(view ->
                        engineSession.execute(
                                "CREATE TEMP VIEW " + EXISTING + " AS " + view.select()));
        enter(Phase.READ);
        Stage stage =
                new Stage(
                        engineSession,
                        new SourceReader(
                                spec,
                                pipeline.compiled().transformNames(),
                                scratch,
                                limits.recordBytesMax(),
                                scans),
                        pipeline.compiled().sql(),
                        pipeline.quarantine());
        try (ProgressPump pump = pump(engineSession)) {
            for (int i = 0; i < inputs.size(); i++) {
                stopIfCancelled();
                stage.load(inputs.get(i), i);
                rowsSeen += stage.files().getLast().file().recordsIn();
            }
        }
        enter(Phase.CHECK);
        stage.separate();
        for (KeyCheck key : pipeline.compiled().keys()) {
            stage.enforce(key, pipeline.existing().map(view -> EXISTING));
        }
        BadRowExport export = new BadRowExport(engineSession, scratch, pipeline.quarantine());
        for (Stage.Loaded loaded : stage.files()) {
            export.run(loaded);
        }
        Counts counts = counts(stage, pipeline);
        enter(Phase.QUALITY);
        List<RuleResult> rules = measure(pipeline);
        double score = Score.of(rules);
        long total = engineSession.query("SELECT count(*) FROM " + RuleSql.OWN).onlyLong();
        Counts all = new Counts(counts.in(), counts.published(), counts.quarantined(), total);
        List<String> refusals = new ArrayList<>(refusals(all, rules, score));
        enter(Phase.GATE);
        ReleaseGate.Verdict judged = judge(pipeline, score);
        refusals.addAll(judged.refusals());
        List<FileReport> files = files(stage, pipeline.quarantine());
        Map<String, Long> violations = pipeline.quarantine().violations();
        if (request.dryRun()) {
            return report(
                    refusals.isEmpty() ? "DRY_RUN" : State.REFUSED.name(),
                    refusals,
                    all,
                    Optional.of(score),
                    rules,
                    judged.proposals(),
                    files,
                    skipped,
                    violations);
        }
        keepQuarantine(pipeline);
        PublishReport verdict =
                report(
                        refusals.isEmpty() ? State.COMMITTED.name() : State.REFUSED.name(),
                        refusals,
                        all,
                        Optional.of(score),
                        rules,
                        judged.proposals(),
                        files,
                        skipped,
                        violations);
        if (!refusals.isEmpty()) {
            save(ended(State.REFUSED, all, verdict, OptionalLong.empty(), OptionalLong.empty()));
            return verdict;
        }
        return release(pipeline, all, verdict);
    }

    /// What is looked at is what would be added, after transform and checks.
    private ReleaseGate.Verdict judge(Pipeline pipeline, double score) {
        return gate.judge(
                new ReleaseGate.Candidate(
                        request.runId(),
                        spec,
                        location,
                        score,
                        new ColumnSampler(pipeline.session(), Stage.TABLE)
                                .of(
                                        spec.table().columns().stream()
                                                .map(column ->
                                                        new ColumnType.Field(
                                                                column.name(),
                                                                column.type(),
                                                                column.required()))
                                                .toList())));
    }

    private ProgressPump pump(EngineSession engineSession) {
        return new ProgressPump(
                engineSession,
                fraction ->
                        listener.progress(
                                new PublishListener.Progress(
                                        request.runId(), phase, fraction, rowsSeen, bytes)));
    }

    /// Invariant: no row is dropped silently.
    private static Counts counts(Stage stage, Pipeline pipeline) {
        long in = stage.files().stream().mapToLong(loaded -> loaded.file().recordsIn()).sum();
        long good = stage.goodRows();
        long quarantined = pipeline.quarantine().rows();
        if (in != good + quarantined) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "of "
                            + in
                            + " records "
                            + good
                            + " would be published and "
                            + quarantined
                            + " quarantined, which does not add up; nothing was published");
        }
        return new Counts(in, good, quarantined, 0);
    }

    private List<RuleResult> measure(Pipeline pipeline) {
        EngineSession engineSession = pipeline.session();
        String columns =
                spec.table().columns().stream()
                        .map(column -> SqlText.name(column.name()))
                        .collect(Collectors.joining(", "));
        String view =
                "CREATE TEMP VIEW "
                        + RuleSql.OWN
                        + " AS SELECT "
                        + columns
                        + " FROM "
                        + Stage.TABLE;
        engineSession.execute(
                pipeline.existing().isEmpty()
                        ? view
                        : view + " UNION ALL BY NAME SELECT * FROM " + EXISTING);
        Set<ProductName> absent = new HashSet<>();
        pipeline.others()
                .forEach((name, found) -> {
                    if (found.isEmpty()) {
                        absent.add(name);
                    } else {
                        engineSession.execute(
                                "CREATE TEMP VIEW "
                                        + SqlText.name(RuleSql.view(name))
                                        + " AS "
                                        + found.get().select());
                    }
                });
        Set<List<String>> unique =
                pipeline.compiled().keys().stream()
                        .map(KeyCheck::columns)
                        .collect(Collectors.toSet());
        return new RuleRun(engineSession, pipeline.compiled().rules(), unique, absent).run();
    }

    private List<String> refusals(Counts counts, List<RuleResult> rules, double score) {
        List<String> refusals = new ArrayList<>();
        if (counts.published() == 0) {
            refusals.add(
                    "no row is left to publish ("
                            + counts.quarantined()
                            + " of "
                            + counts.in()
                            + " were quarantined)");
        }
        for (RuleResult rule : rules) {
            if (rule.blocks()) {
                refusals.add(
                        "rule '"
                                + rule.name()
                                + "' ("
                                + rule.severity()
                                + ") failed: "
                                + rule.reason().orElse(""));
            }
        }
        if (score < spec.publish().minScore()) {
            refusals.add(
                    String.format(
                            java.util.Locale.ROOT,
                            "the quality score is %.4f, at least %.4f is required",
                            score,
                            spec.publish().minScore()));
        }
        return refusals;
    }

    private static List<FileReport> files(Stage stage, QuarantineFile quarantine) {
        return stage.files().stream()
                .map(loaded -> {
                    InputFile input = loaded.file().input();
                    return new FileReport(
                            input.name(),
                            input.digest().hex(),
                            input.bytes(),
                            loaded.file().recordsIn(),
                            quarantine.rows(input.name()));
                })
                .toList();
    }

    private void keepQuarantine(Pipeline pipeline) throws IOException {
        if (pipeline.quarantine().rows() == 0) {
            return;
        }
        Path parquet = scratch.resolve("quarantine.parquet");
        pipeline.quarantine().write(pipeline.session(), parquet);
        lake.upload(parquet, quarantineLocation() + "rows.parquet");
    }

    private String quarantineLocation() {
        return location + "/quarantine/" + request.runId() + "/";
    }

    private PublishReport release(Pipeline pipeline, Counts counts, PublishReport verdict)
            throws IOException {
        enter(Phase.WRITE);
        LakeTable table = table();
        String columns =
                table.schema().columns().stream()
                        .map(field -> SqlText.name(field.name()))
                        .collect(Collectors.joining(", "));
        List<WrittenFile> written;
        try (ProgressPump pump = pump(pipeline.session())) {
            written =
                    table.write(
                            pipeline.session(),
                            "SELECT " + columns + " FROM " + Stage.TABLE,
                            request.runId());
        }
        long rowsWritten = written.stream().mapToLong(file -> file.file().recordCount()).sum();
        if (rowsWritten != counts.published()) {
            throw new Problem(
                    ProblemCode.INTERNAL,
                    "the data files hold "
                            + rowsWritten
                            + " rows instead of "
                            + counts.published()
                            + "; nothing was published");
        }
        save(ended(State.PREPARED, counts, verdict, OptionalLong.empty(), OptionalLong.empty()));
        enter(Phase.COMMIT);
        long number = Ancestry.lastRelease(table, ledger, spec.name()) + 1;
        SnapshotInfo snapshot = table.commit(spec.publish().mode(), written, summary(number));
        enterRecord();
        PublishReport done =
                new PublishReport(
                        verdict.run(),
                        verdict.product(),
                        verdict.outcome(),
                        verdict.reason(),
                        Optional.of(number),
                        verdict.contractVersion(),
                        verdict.rowsIn(),
                        verdict.rowsPublished(),
                        verdict.rowsQuarantined(),
                        verdict.rowsTotal(),
                        verdict.score(),
                        verdict.minScore(),
                        verdict.rules(),
                        verdict.violations(),
                        verdict.proposals(),
                        verdict.files(),
                        verdict.skipped(),
                        verdict.quarantine(),
                        millis);
        save(
                ended(
                        State.COMMITTED,
                        counts,
                        done,
                        OptionalLong.of(number),
                        OptionalLong.of(snapshot.id())));
        return done;
    }

    /// From here on it cannot be cancelled: the release is visible.
    private void enterRecord() {
        cancelled = false;
        enter(Phase.RECORD);
    }

    private LakeTable table() {
        TableName name = new TableName(spec.name().domain().value(), spec.name().name());
        if (spec.publish().mode() == CommitMode.APPEND) {
            return lake.createOrEvolve(name, spec.table(), location);
        }
        return lake.table(name).isPresent()
                ? lake.rebuild(name, spec.table(), location)
                : lake.createOrEvolve(name, spec.table(), location);
    }

    private Map<String, String> summary(long number) {
        return Map.of(
                Ancestry.RUN,
                request.runId(),
                Ancestry.RELEASE,
                Long.toString(number),
                Ancestry.CONTRACT_VERSION,
                spec.contract().version(),
                Ancestry.MODE,
                spec.publish().mode().name().toLowerCase(java.util.Locale.ROOT));
    }

    private Run ended(
            State state,
            Counts counts,
            PublishReport report,
            OptionalLong release,
            OptionalLong snapshot) {
        return new Run(
                run.id(),
                run.product(),
                state,
                run.startedBy(),
                run.startedAt(),
                state == State.PREPARED ? Optional.empty() : Optional.of(clock.instant()),
                run.contractVersion(),
                run.inputs(),
                release,
                snapshot,
                counts.in(),
                counts.published(),
                counts.quarantined(),
                report.score(),
                Optional.of(report.json()),
                report.quarantine());
    }

    private PublishReport report(
            String outcome,
            List<String> reason,
            Counts counts,
            Optional<Double> score,
            List<RuleResult> rules,
            List<ColumnProposal> proposals,
            List<FileReport> files,
            List<String> skipped,
            Map<String, Long> violations) {
        millis.merge(phase, (System.nanoTime() - phaseBegan) / 1_000_000, Long::sum);
        phaseBegan = System.nanoTime();
        return new PublishReport(
                request.runId(),
                spec.name().toString(),
                outcome,
                reason,
                Optional.empty(),
                spec.contract().version(),
                counts.in(),
                counts.published(),
                counts.quarantined(),
                counts.total(),
                score,
                spec.publish().minScore(),
                rules,
                violations,
                proposals,
                files,
                skipped,
                counts.quarantined() > 0 && !request.dryRun()
                        ? Optional.of(quarantineLocation())
                        : Optional.empty(),
                millis);
    }

    /// Deletes what a run left that made no release.
    void discard() {
        lake.table(new TableName(spec.name().domain().value(), spec.name().name()))
                .ifPresent(table -> table.discard(request.runId()));
        lake.deletePrefix(quarantineLocation());
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (java.util.stream.Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
