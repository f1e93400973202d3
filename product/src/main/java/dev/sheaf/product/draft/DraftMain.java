package dev.sheaf.product.draft;

import dev.sheaf.contract.draft.ContractDraft;
import dev.sheaf.contract.draft.DraftOptions;
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

/// A process of its own that drafts one contract: the command line does not carry the engine.
///
/// Arguments are pairs: `--from FILE --answer FILE --home DIR --scratch DIR [--rows N] [--name N]
/// [--id I] [--domain D]`. It writes one JSON object to the answer file: `{"yaml": …}`, or
/// `{"code": …, "message": …}` with a problem's code. Its exit status is that of the [ExitCode].
public final class DraftMain {
    private static final ByteSize MEMORY_MAX = ByteSize.ofMebibytes(1024);
    private static final int THREADS = 2;

    private DraftMain() {}

    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            options.put(arguments[index], arguments[index + 1]);
        }
        System.exit(run(options).status());
    }

    static ExitCode run(Map<String, String> options) {
        Map<String, String> answer;
        ExitCode status = ExitCode.OK;
        try {
            answer = Map.of("yaml", draft(options));
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

    private static String draft(Map<String, String> options) {
        Path sample = Path.of(required(options, "--from"));
        long rows =
                Long.parseLong(
                        options.getOrDefault("--rows", Long.toString(SampleProfiler.ROWS_DEFAULT)));
        DraftOptions known =
                new DraftOptions(
                        Optional.ofNullable(options.get("--name")),
                        Optional.ofNullable(options.get("--id")),
                        Optional.ofNullable(options.get("--domain")));
        SampleFile.of(sample);
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
            SampleProfile profile = new SampleProfiler(session).profile(sample, rows);
            return ContractDraft.write(profile, known);
        }
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static void write(Path file, Map<String, String> answer) {
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
