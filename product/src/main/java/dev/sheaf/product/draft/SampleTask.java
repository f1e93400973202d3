package dev.sheaf.product.draft;

import dev.sheaf.contract.draft.ContractDraft;
import dev.sheaf.contract.draft.DraftOptions;
import dev.sheaf.contract.draft.PersonalGuess;
import dev.sheaf.contract.draft.SampleProfile;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineProblem;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.sample.ColumnSample;
import dev.sheaf.product.sample.PersonalDataDetector;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a process of its own does with a sample file, as the command line does not carry the
/// engine: drafts a contract, or tells which columns look personal.
///
/// Options: `--from FILE --answer FILE --home DIR --scratch DIR [--rows N] [--name N] [--id I]
/// [--domain D] [--task draft|classify]`. One JSON object is written to the answer file: `{"yaml":
/// …}`, `{"rows": …, "whole": …, "columns": …}`, or `{"code": …, "message": …}` with a problem's
/// code.
public final class SampleTask {
    private static final ByteSize MEMORY_MAX = ByteSize.ofMebibytes(1024);
    private static final int THREADS = 2;
    private static final String DRAFT = "draft";
    private static final String CLASSIFY = "classify";

    private SampleTask() {}

    /// @param options as above
    /// @return the status to end with
    public static ExitCode run(Map<String, String> options, PersonalDataDetector detector) {
        Map<String, ?> answer;
        ExitCode status = ExitCode.OK;
        try {
            answer = answer(options, detector);
        } catch (Problem problem) {
            answer = Map.of("code", problem.code().name(), "message", problem.message());
            status = problem.code().exitCode();
        } catch (EngineProblem problem) {
            answer =
                    Map.of(
                            "code",
                            ProblemCode.UNREADABLE_INPUT.name(),
                            "message",
                            "the sample cannot be measured: " + problem.message());
            status = ProblemCode.UNREADABLE_INPUT.exitCode();
        }
        write(Path.of(required(options, "--answer")), answer);
        return status;
    }

    private static Map<String, ?> answer(
            Map<String, String> options, PersonalDataDetector detector) {
        Path sample = Path.of(required(options, "--from"));
        long rows =
                Long.parseLong(
                        options.getOrDefault("--rows", Long.toString(SampleProfiler.ROWS_DEFAULT)));
        SampleFile file = SampleFile.of(sample);
        SessionSpec spec =
                new SessionSpec(
                        SessionSpec.Purpose.PUBLISH,
                        MEMORY_MAX,
                        THREADS,
                        Path.of(required(options, "--scratch")),
                        List.of(sample),
                        List.of());
        try (WorkerEngine engine =
                        new WorkerEngine(EngineConfig.in(Path.of(required(options, "--home"))));
                EngineSession session = engine.open(spec)) {
            if (options.getOrDefault("--task", DRAFT).equals(CLASSIFY)) {
                SampleLoad.Loaded loaded = new SampleLoad(session, file, rows).load();
                return Map.of(
                        "rows",
                        loaded.rows(),
                        "whole",
                        loaded.whole(),
                        "columns",
                        SampleColumns.of(session).stream()
                                .map(column -> looked(column, detector))
                                .toList());
            }
            SampleProfile profile = new SampleProfiler(session).profile(sample, rows);
            return Map.of("yaml", draft(options, profile, SampleColumns.of(session), detector));
        }
    }

    private static Map<String, ?> looked(ColumnSample sample, PersonalDataDetector detector) {
        return Map.of(
                "column",
                sample.path(),
                "values",
                sample.values().size(),
                "proposals",
                detector.look(sample));
    }

    private static String draft(
            Map<String, String> options,
            SampleProfile profile,
            List<ColumnSample> samples,
            PersonalDataDetector detector) {
        DraftOptions known =
                new DraftOptions(
                        Optional.ofNullable(options.get("--name")),
                        Optional.ofNullable(options.get("--id")),
                        Optional.ofNullable(options.get("--domain")));
        Map<String, PersonalGuess> guesses = new HashMap<>();
        for (ColumnSample sample : samples) {
            detector.look(sample).stream()
                    .findFirst()
                    .map(proposal ->
                            new PersonalGuess(
                                    proposal.kind(), proposal.confidence(), proposal.evidence()))
                    .ifPresent(
                            guess -> guesses.merge(sample.column(), guess, PersonalGuess::surer));
        }
        return ContractDraft.write(profile, known, guesses);
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static void write(Path file, Map<String, ?> answer) {
        try {
            Files.write(
                    file,
                    JsonMapper.shared()
                            .writeValueAsString(answer)
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
