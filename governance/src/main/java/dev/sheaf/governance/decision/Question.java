package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

/// May this subject do that to this resource, under these circumstances?
public record Question(
        Subject subject, Action action, Resource resource, Circumstances circumstances) {
    private static final ObjectShape SHAPE =
            ObjectShape.of("subject", "action", "resource", "context");

    /// The input document, `spec/policy-input.md`.
    public ObjectValue toInput() {
        return SHAPE.with(
                subject.toValue(),
                StringValue.of(action.text()),
                resource.toValue(),
                circumstances.toValue());
    }
}
