package dev.sheaf.governance.grant;

import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.ObjectValue;

import java.time.Duration;

/// Within which limits grants are given.
///
/// @param longest between beginning and end
/// @param isFourEyes whether a request is approved by another than who asked, or holds it
/// @param openMax requests of one subject that wait for a decision at once
public record GrantRules(Duration longest, boolean isFourEyes, int openMax) {
    public static final GrantRules DEFAULT = new GrantRules(Duration.ofDays(365), true, 100);

    private static final String SETTINGS = "sheaf_settings";
    private static final String FOUR_EYES = "fourEyes";

    /// By the settings of policies: only `sheaf_settings.fourEyes: false`, and nothing like it,
    /// lets people approve their own requests.
    ///
    /// @param data the policies' base documents
    public static GrantRules of(ObjectValue data) {
        boolean fourEyes =
                !(data.get(SETTINGS) instanceof ObjectValue settings)
                        || settings.get(FOUR_EYES) != BooleanValue.FALSE;
        return new GrantRules(DEFAULT.longest, fourEyes, DEFAULT.openMax);
    }
}
