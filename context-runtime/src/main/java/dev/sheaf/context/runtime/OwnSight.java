package dev.sheaf.context.runtime;

import dev.sheaf.context.FieldRule;
import dev.sheaf.context.Op;
import dev.sheaf.context.Step;
import dev.sheaf.context.type.Redaction;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// What a region cannot see it cannot write, `spec/context.md` section 3.5: also where nothing is
/// there yet.
final class OwnSight {
    private final KnownType type;
    private final RegionName region;
    private final Redaction redaction;

    OwnSight(KnownType type, RegionName region) {
        this.type = type;
        this.region = region;
        this.redaction = type.redactionFor(region);
    }

    /// @throws Problem FORBIDDEN naming the first place that is out of sight
    void requireVisible(List<Op> ops) {
        if (redaction.isNone()) {
            return;
        }
        for (Op op : ops) {
            requireVisible(op);
        }
    }

    private void requireVisible(Op op) {
        FieldRule rule = type.rules();
        for (Step step : op.path()) {
            requireVisible(rule, op.path());
            rule =
                    switch (step) {
                        case Step.Key key -> rule.member(key.name());
                        case Step.Element element -> rule.element();
                    };
        }
        switch (op) {
            case Op.Assign assign -> requireVisible(rule, assign.value(), op.path());
            case Op.Insert insert -> requireVisible(rule, insert.values(), op.path());
            case Op.Include include -> requireVisible(rule, include.values(), op.path());
            case Op.Exclude exclude -> requireVisible(rule, op.path());
            case Op.Increment increment -> requireVisible(rule, op.path());
            case Op.Delete delete -> requireVisible(rule, op.path());
            case Op.Move move -> requireVisible(rule, op.path());
            case Op.Remove remove -> requireRemovable(rule, op.path());
            case Op.Erase erase -> {}
            case Op.EraseSubject erase -> {}
        }
    }

    /// A document may be removed as a whole, a hidden place of it may not.
    private void requireRemovable(FieldRule rule, List<Step> path) {
        if (!path.isEmpty()) {
            requireVisible(rule, path);
        }
    }

    private void requireVisible(FieldRule list, List<JsonNode> values, List<Step> path) {
        requireVisible(list, path);
        for (JsonNode value : values) {
            requireVisible(list.element(), value, path);
        }
    }

    private void requireVisible(FieldRule rule, JsonNode value, List<Step> path) {
        requireVisible(rule, path);
        if (!redaction.touches(rule)) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            requireVisible(rule.member(member.getKey()), member.getValue(), path);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                requireVisible(rule.element(), element, path);
            }
        }
    }

    private void requireVisible(FieldRule rule, List<Step> path) {
        if (redaction.redacts(rule)) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the write touches a field of class "
                            + rule.classification()
                            + " at or below '"
                            + EventText.path(path)
                            + "' of "
                            + type.name()
                            + ", which "
                            + region
                            + " may not see and so not write; write it in a region that may");
        }
    }
}
