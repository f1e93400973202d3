package dev.sheaf.cli.product;

import dev.sheaf.cli.terminal.Shown;

import java.time.Duration;
import java.util.OptionalLong;

/// How old what is known of another region can be, for people.
public final class Ages {
    private Ages() {}

    /// @param seconds absent of what is at home at the node
    public static String shown(OptionalLong seconds) {
        return seconds.isPresent() ? Shown.duration(Duration.ofSeconds(seconds.getAsLong())) : "";
    }
}
