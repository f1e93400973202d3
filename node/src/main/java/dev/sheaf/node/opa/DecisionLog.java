package dev.sheaf.node.opa;

import dev.sheaf.governance.decision.Inquiry;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What was asked and answered, in the format of OPA's decision log, on the way of the audit log as
/// the text of its fact `decision`. What `data.system.log.mask` names is not in it; where that
/// fails neither input nor result is. For any thread.
final class DecisionLog {
    private static final String TYPE = "openpolicyagent.org/decision_logs";
    private static final String ACTION = "policy.query";
    private static final List<String> MASKS = List.of("system", "log", "mask");
    private static final int EVENT_CHARACTERS_MAX = 64 << 10;
    private static final int RESOURCE_CHARACTERS_MAX = 1_000;

    private final Audit audit;
    private final Inquiry inquiry;
    private final ObjectValue labels;

    /// @param labels of this node
    DecisionLog(Audit audit, Inquiry inquiry, Map<String, String> labels) {
        this.audit = audit;
        this.inquiry = inquiry;
        ObjectValue.Builder texts = new ObjectValue.Builder(labels.size());
        labels.forEach((name, value) -> texts.put(name, StringValue.of(value)));
        this.labels = texts.build();
    }

    /// One question with its answer.
    ///
    /// @param path of the document, with slashes; empty for a query
    /// @param query empty for a document
    /// @param error empty when there was none
    record Entry(
            String id,
            String path,
            String query,
            Optional<Value> input,
            Optional<Value> result,
            String error,
            long evaluationNanos,
            Instant at) {}

    void write(Request request, Entry entry, PolicySet policies) {
        ObjectValue event = masked(event(request, entry, policies), policies, entry.at());
        String text = JsonValues.text(event);
        if (text.length() > EVENT_CHARACTERS_MAX) {
            text = JsonValues.text(bare(event, "it is too large"));
        }
        String resource = entry.query().isEmpty() ? "data/" + entry.path() : "query";
        audit.record(
                request.id(),
                request.caller(),
                ACTION,
                whole(resource.substring(0, Math.min(resource.length(), RESOURCE_CHARACTERS_MAX))),
                entry.error().isEmpty() ? Audit.Outcome.DONE : Audit.Outcome.FAILED,
                Map.of("decision", whole(text), "policy", policies.revision()));
    }

    /// Half characters become question marks.
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private ObjectValue event(Request request, Entry entry, PolicySet policies) {
        ObjectValue.Builder event =
                new ObjectValue.Builder(12)
                        .put("type", StringValue.of(TYPE))
                        .put("decision_id", StringValue.of(entry.id()))
                        .put("labels", labels)
                        .put("timestamp", StringValue.of(entry.at().toString()))
                        .put("requested_by", StringValue.of(request.caller().subject()))
                        .put("bundles", bundles(policies))
                        .put(
                                "metrics",
                                new ObjectValue.Builder(1)
                                        .put(
                                                "timer_rego_query_eval_ns",
                                                NumberValue.of(entry.evaluationNanos()))
                                        .build());
        if (entry.query().isEmpty()) {
            event.put("path", StringValue.of(entry.path()));
        } else {
            event.put("query", StringValue.of(entry.query()));
        }
        entry.input().ifPresent(input -> event.put("input", input));
        entry.result().ifPresent(result -> event.put("result", result));
        if (!entry.error().isEmpty()) {
            event.put("error", StringValue.of(entry.error()));
        }
        return event.build();
    }

    private static ObjectValue bundles(PolicySet policies) {
        ObjectValue revision =
                new ObjectValue.Builder(1)
                        .put("revision", StringValue.of(policies.revision()))
                        .build();
        return new ObjectValue.Builder(1).put("sheaf", revision).build();
    }

    private ObjectValue masked(ObjectValue event, PolicySet policies, Instant now) {
        try {
            Optional<Value> rules =
                    inquiry.document(
                            policies, MASKS, new Inquiry.About(Optional.of(event), false, now));
            return rules.isEmpty() ? event : masked(event, masks(rules.get()));
        } catch (EvaluationFault | IllegalArgumentException e) {
            return bare(event, "data.system.log.mask failed");
        }
    }

    private static List<LogMask> masks(Value rules) {
        List<Value> items =
                switch (rules) {
                    case SetValue set -> set.items();
                    case ArrayValue array -> array.items();
                    default -> throw new IllegalArgumentException("masks of the log are no set");
                };
        return items.stream().map(LogMask::read).toList();
    }

    private static ObjectValue masked(ObjectValue event, List<LogMask> masks) {
        ObjectValue changed = event;
        TreeSet<String> erased = new TreeSet<>();
        TreeSet<String> replaced = new TreeSet<>();
        for (LogMask mask : masks) {
            ObjectValue before = changed;
            changed = mask.apply(changed);
            if (changed != before) {
                (mask.replacement() == null ? erased : replaced).add(mask.path());
            }
        }
        ObjectValue.Builder all = new ObjectValue.Builder(changed.size() + 2).putAll(changed);
        if (!erased.isEmpty()) {
            all.put("erased", texts(erased));
        }
        if (!replaced.isEmpty()) {
            all.put("masked", texts(replaced));
        }
        return all.build();
    }

    private static ArrayValue texts(TreeSet<String> texts) {
        return ArrayValue.of(texts.stream().<Value>map(StringValue::of).toList());
    }

    /// Without what may hold somebody's values.
    private static ObjectValue bare(ObjectValue event, String why) {
        List<String> left = List.of("input", "result", "error", "query");
        ObjectValue.Builder rest = new ObjectValue.Builder(event.size() + 1);
        List<String> out = new ArrayList<>();
        event.forEach((key, value) -> {
            String name = JsonValues.keyText(key);
            if (left.contains(name)) {
                out.add(name);
            } else {
                rest.put(key, value);
            }
        });
        return rest.put("left_out", StringValue.of(String.join(", ", out) + ": " + why)).build();
    }
}
