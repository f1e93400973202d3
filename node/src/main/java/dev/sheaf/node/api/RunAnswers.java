package dev.sheaf.node.api;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunInput;
import dev.sheaf.client.RunState;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.runs.LiveRun;
import dev.sheaf.product.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Runs in the API's words: those under way as the registry sees them, the others as the ledger has them.
final class RunAnswers {
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private RunAnswers() {}

    static RunInfo run(LiveRun live, String contractVersion) {
        LiveRun.View view = live.view();
        Optional<ProblemBody> problem =
                view.problem().map(fault -> ProblemBody.of(fault, live.order().runId()));
        if (view.outcome().isPresent()) {
            Run outcome = view.outcome().get();
            return info(
                    outcome,
                    view.state(),
                    live.order().dryRun(),
                    problem.or(() -> fault(outcome)));
        }
        return new RunInfo(
                live.order().runId(),
                live.order().product().toString(),
                view.state(),
                view.phase(),
                view.progress(),
                view.problem().map(Problem::message),
                live.order().dryRun(),
                live.order().by(),
                live.startedAt(),
                view.finishedAt(),
                contractVersion,
                List.of(),
                OptionalLong.empty(),
                0,
                0,
                0,
                OptionalDouble.empty(),
                Optional.empty(),
                problem);
    }

    static RunInfo run(Run run) {
        return info(run, state(run.state()), false, fault(run));
    }

    private static RunInfo info(
            Run run, RunState state, boolean dryRun, Optional<ProblemBody> problem) {
        return new RunInfo(
                run.id(),
                run.product().toString(),
                state,
                Optional.empty(),
                OptionalDouble.empty(),
                problem.map(ProblemBody::detail),
                dryRun,
                run.startedBy(),
                run.startedAt(),
                run.finishedAt(),
                run.contractVersion(),
                run.inputs().stream()
                        .map(input -> new RunInput(input.name(), input.digest().hex(), input.bytes()))
                        .toList(),
                run.release(),
                run.rowsIn(),
                run.rowsPublished(),
                run.rowsQuarantined(),
                run.score().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                run.report().map(RunAnswers::report),
                problem);
    }

    private static RunState state(Run.State state) {
        return switch (state) {
            case PREPARED -> RunState.RUNNING;
            case COMMITTED -> RunState.COMMITTED;
            case UNCHANGED -> RunState.UNCHANGED;
            case REFUSED -> RunState.REFUSED;
            case FAILED -> RunState.FAILED;
            case CANCELLED -> RunState.CANCELLED;
        };
    }

    /// Why the ledger's run did not end well, if it says so.
    private static Optional<ProblemBody> fault(Run run) {
        return RunFaults.of(run).map(problem -> ProblemBody.of(problem, run.id()));
    }

    static Map<String, Object> report(String json) {
        try {
            return Wire.json().readValue(json, JSON_OBJECT);
        } catch (JacksonException e) {
            return Map.of("text", json);
        }
    }
}
