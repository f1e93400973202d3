package dev.sheaf.node.api;

import dev.sheaf.client.ChangeDetail;
import dev.sheaf.client.FieldChange;
import dev.sheaf.client.ManifestProblem;
import dev.sheaf.client.Plan;
import dev.sheaf.client.PlanImpact;
import dev.sheaf.client.PlannedChange;
import dev.sheaf.contract.Finding;
import dev.sheaf.contract.diff.Change;
import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.product.apply.ManifestFinding;
import dev.sheaf.product.apply.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Plans in the API's words.
final class PlanAnswers {
    private PlanAnswers() {}

    static Plan plan(dev.sheaf.product.apply.Plan plan) {
        return plan(plan, List.of());
    }

    static Plan plan(dev.sheaf.product.apply.Plan plan, List<PlanImpact> impacts) {
        List<ManifestProblem> problems = new ArrayList<>();
        plan.refusals().forEach(refusal -> problems.add(problem(refusal)));
        plan.warnings().forEach(warning -> problems.add(problem(warning)));
        return new Plan(
                plan.digest().hex(),
                plan.revision(),
                plan.isApplicable(),
                plan.changes().stream().map(PlanAnswers::change).toList(),
                problems,
                impacts);
    }

    private static PlannedChange change(dev.sheaf.product.apply.PlannedChange change) {
        Optional<ContractDiff> diff = change.contract();
        return new PlannedChange(
                switch (change.action()) {
                    case CREATE -> PlannedChange.Action.CREATE;
                    case UPDATE -> PlannedChange.Action.UPDATE;
                    case DELETE -> PlannedChange.Action.DELETE;
                    case UNCHANGED -> PlannedChange.Action.UNCHANGED;
                },
                switch (change.kind()) {
                    case DOMAIN -> PlannedChange.Kind.DOMAIN;
                    case PRODUCT -> PlannedChange.Kind.PRODUCT;
                    case CONTRACT -> PlannedChange.Kind.CONTRACT;
                },
                change.subject(),
                diff.map(ContractDiff::fromVersion),
                diff.map(ContractDiff::toVersion),
                diff.map(d -> d.changes().stream().map(PlanAnswers::detail).toList())
                        .orElse(List.of()),
                change.fields().stream()
                        .map(field -> new FieldChange(field.path(), field.before(), field.after()))
                        .toList());
    }

    private static ChangeDetail detail(Change change) {
        return new ChangeDetail(
                change.path(),
                switch (change.impact()) {
                    case BREAKING -> ChangeDetail.Compatibility.BREAKING;
                    case FORWARD -> ChangeDetail.Compatibility.FORWARD;
                    case BACKWARD -> ChangeDetail.Compatibility.BACKWARD;
                    case COSMETIC -> ChangeDetail.Compatibility.COSMETIC;
                },
                change.from(),
                change.to(),
                change.reason());
    }

    private static ManifestProblem problem(Refusal refusal) {
        return new ManifestProblem(
                ManifestProblem.Severity.ERROR,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(refusal.subject()),
                Optional.of(refusal.code().name()),
                refusal.message());
    }

    private static ManifestProblem problem(ManifestFinding finding) {
        return new ManifestProblem(
                finding.severity() == Finding.Severity.ERROR
                        ? ManifestProblem.Severity.ERROR
                        : ManifestProblem.Severity.WARNING,
                Optional.of(finding.file()),
                OptionalInt.of(finding.at().line()),
                OptionalInt.of(finding.at().column()),
                Optional.empty(),
                Optional.empty(),
                finding.message());
    }
}
