package dev.sheaf.node.api;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunInput;
import dev.sheaf.client.RunState;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.runs.LiveRun;
import dev.sheaf.product.Run;
import dev.sheaf.product.publish.PublishReport;

import tools.jackson.core.type.TypeReference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Runs in the API's words: those under way as the registry sees them, the others as the ledger has
/// them.
final class RunAnswers {
    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private RunAnswers() {}

    /// A run that has not ended, or that left no record because it was a dry run or never began.
    static RunInfo run(LiveRun live, String contractVersion) {
        LiveRun.View view = live.view();
        Optional<ProblemBody> problem =
                view.problem().map(fault -> ProblemBody.of(fault, live.order().runId()));
        Optional<PublishReport> report = view.report();
        return new RunInfo(
                live.order().runId(),
                live.order().product().toString(),
                view.state(),
                view.phase(),
                view.progress(),
                problem.map(ProblemBody::detail).or(() -> report.flatMap(RunAnswers::reason)),
                live.order().dryRun(),
                live.order().by(),
                live.startedAt(),
                view.finishedAt(),
                contractVersion,
                report.map(r -> r.files().stream().map(RunAnswers::input).toList())
                        .orElse(List.of()),
                report.flatMap(PublishReport::release)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                report.map(PublishReport::rowsIn).orElse(view.rows()),
                report.map(PublishReport::rowsPublished).orElse(0L),
                report.map(PublishReport::rowsQuarantined).orElse(0L),
                number(report.flatMap(PublishReport::score)),
                report.map(r -> report(r.json())),
                problem);
    }

    private static Optional<String> reason(PublishReport report) {
        return report.reason().isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", report.reason()));
    }

    private static RunInput input(PublishReport.FileReport file) {
        return new RunInput(file.name(), file.digest(), file.bytes());
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    static RunInfo run(Run run) {
        Optional<ProblemBody> problem = fault(run).map(fault -> ProblemBody.of(fault, run.id()));
        return new RunInfo(
                run.id(),
                run.product().toString(),
                state(run.state()),
                Optional.empty(),
                OptionalDouble.empty(),
                problem.map(ProblemBody::detail),
                false,
                run.startedBy(),
                run.startedAt(),
                run.finishedAt(),
                run.contractVersion(),
                run.inputs().stream()
                        .map(input ->
                                new RunInput(input.name(), input.digest().hex(), input.bytes()))
                        .toList(),
                run.release(),
                run.rowsIn(),
                run.rowsPublished(),
                run.rowsQuarantined(),
                number(run.score()),
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

    /// Why the ledger's run did not end well, if it did not.
    private static Optional<Problem> fault(Run run) {
        Optional<ProblemCode> code =
                switch (run.state()) {
                    case REFUSED -> Optional.of(ProblemCode.RELEASE_REFUSED);
                    case FAILED -> Optional.of(ProblemCode.UNREADABLE_INPUT);
                    case CANCELLED -> Optional.of(ProblemCode.CANCELLED);
                    case PREPARED, COMMITTED, UNCHANGED -> Optional.empty();
                };
        return code.map(known ->
                new Problem(
                        known,
                        run.report()
                                .map(PublishReport::reasonOf)
                                .orElse("the run left no report")));
    }

    private static Map<String, Object> report(String json) {
        return Wire.json().readValue(json, JSON_OBJECT);
    }
}
