package dev.sheaf.product.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A plan as JSON values (maps, lists, texts, numbers), in the form of the HTTP API.
public final class PlanJson {
    private PlanJson() {}

    public static Map<String, Object> of(Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("digest", plan.digest().hex());
        json.put("revision", plan.revision());
        json.put("applicable", plan.isApplicable());
        json.put("summary", summary(plan));
        json.put("changes", plan.changes().stream().map(PlanJson::change).toList());
        json.put("refusals", plan.refusals().stream().map(PlanJson::refusal).toList());
        json.put("warnings", plan.warnings().stream().map(Findings::json).toList());
        return json;
    }

    private static Map<String, Object> summary(Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (PlannedChange.Action action : PlannedChange.Action.values()) {
            json.put(lower(action), plan.count(action));
        }
        return json;
    }

    private static Map<String, Object> change(PlannedChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", lower(change.kind()));
        json.put("subject", change.subject());
        json.put("action", lower(change.action()));
        change.file().ifPresent(file -> json.put("file", file));
        json.put("fields", change.fields().stream().map(PlanJson::field).toList());
        change.contract().ifPresent(verdict -> json.put("contract", verdict(verdict)));
        return json;
    }

    private static Map<String, Object> field(FieldChange field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", field.path());
        field.before().ifPresent(before -> json.put("before", before));
        field.after().ifPresent(after -> json.put("after", after));
        return json;
    }

    private static Map<String, Object> verdict(ContractVerdict verdict) {
        List<Map<String, Object>> changes =
                verdict.changes().stream()
                        .map(change ->
                                Map.<String, Object>of(
                                        "level", change.level(),
                                        "where", change.where(),
                                        "reason", change.reason()))
                        .toList();
        return Map.of(
                "oldVersion", verdict.oldVersion(),
                "newVersion", verdict.newVersion(),
                "breaking", verdict.isBreaking(),
                "changes", changes);
    }

    static Map<String, Object> refusal(Refusal refusal) {
        return Map.of(
                "code", refusal.code().name(),
                "subject", refusal.subject(),
                "message", refusal.message());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
