package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

/// May this subject do that to this resource, under these circumstances?
public record Question(
        Subject subject, Action action, Resource resource, Circumstances circumstances) {
    /// The input document, `spec/policy-input.md`.
    public ObjectValue toInput() {
        return new ObjectValue.Builder(4)
                .put("subject", subject.toValue())
                .put("action", StringValue.of(action.text()))
                .put("resource", resource.toValue())
                .put("context", circumstances.toValue())
                .build();
    }
}
