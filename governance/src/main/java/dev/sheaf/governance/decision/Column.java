package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.util.List;

/// A column or a field as policy sees it.
///
/// @param classification as the contract says, lower case; empty when it says nothing
/// @param looksLike the kind of personal data that samples look like; empty when they do not, or
///   were not looked at
public record Column(String name, String classification, List<String> tags, String looksLike) {
    private static final ObjectShape SHAPE =
            ObjectShape.of("name", "classification", "tags", "looksLike");

    public Column {
        tags = List.copyOf(tags);
    }

    ObjectValue toValue() {
        return SHAPE.with(
                StringValue.of(name),
                StringValue.of(classification),
                Texts.array(tags),
                StringValue.of(looksLike));
    }
}
