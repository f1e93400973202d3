package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.util.List;

/// A column or a field as policy sees it.
///
/// @param classification as the contract says, lower case; empty when it says nothing
/// @param looksLike the kind of personal data that samples look like; empty when they do not, or
///   were not looked at
public record Column(String name, String classification, List<String> tags, String looksLike) {
    public Column {
        tags = List.copyOf(tags);
    }

    ObjectValue toValue() {
        return new ObjectValue.Builder(4)
                .put("name", StringValue.of(name))
                .put("classification", StringValue.of(classification))
                .put("tags", Texts.array(tags))
                .put("looksLike", StringValue.of(looksLike))
                .build();
    }
}
