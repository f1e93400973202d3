package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// A column or a field as policy sees it.
///
/// @param classification as the contract says, lower case; empty when it says nothing
/// @param looksLike the kind of personal data that samples look like; empty when they do not, or
///   were not looked at
/// @param confidence how sure that is, 0 to 1; asked with two decimals
public record Column(
        String name,
        String classification,
        List<String> tags,
        String looksLike,
        double confidence) {
    private static final int DECIMALS = 2;
    private static final ObjectShape SHAPE =
            ObjectShape.of("name", "classification", "tags", "looksLike", "confidence");

    public Column {
        tags = List.copyOf(tags);
    }

    /// One of which no sample was looked at.
    public Column(String name, String classification, List<String> tags, String looksLike) {
        this(name, classification, tags, looksLike, 0);
    }

    ObjectValue toValue() {
        return SHAPE.with(
                StringValue.of(name),
                StringValue.of(classification),
                Texts.array(tags),
                StringValue.of(looksLike),
                NumberValue.of(
                        BigDecimal.valueOf(confidence).setScale(DECIMALS, RoundingMode.HALF_UP)));
    }
}
