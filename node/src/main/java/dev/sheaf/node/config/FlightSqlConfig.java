package dev.sheaf.node.config;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.time.Duration;
import java.util.Optional;

/// Where JDBC and ADBC clients are answered. With the certificate of `listen` the connection is
/// encrypted and `listen`'s address is used; without one it is plain, and on the loopback interface
/// only, whatever stands before the node.
public record FlightSqlConfig(
        @Setting(value = "Whether such clients are answered at all.", fallback = "true")
                boolean enabled,
        @Setting(
                        "Port; 0 takes any free one. When it is not said, it is the port of"
                                + " `listen` and 200, or any free one when that is in use.")
                Optional<Integer> port,
        @Setting(
                        value =
                                "How long a statement that is planned may wait for its rows to be"
                                        + " fetched.",
                        fallback = "10m")
                Duration ticketLife,
        @Setting(value = "Prepared statements that one caller may have open.", fallback = "1000")
                int preparedMax,
        @Setting(
                        value =
                                "How long a prepared statement stays that is not used; its client"
                                        + " is told to prepare it again.",
                        fallback = "1h")
                Duration preparedLife) {
    private static final int PORT_MAX = 65_535;
    private static final int DISTANCE = 200;

    public FlightSqlConfig {
        port.ifPresent(number -> {
            if (number < 0 || number > PORT_MAX) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "port " + number + " is not between 0 and " + PORT_MAX);
            }
        });
        Checks.positive("ticketLife", ticketLife);
        Checks.positive("preparedLife", preparedLife);
        Checks.atLeast("preparedMax", preparedMax, 1);
    }

    /// @param listenPort that of `listen`
    public int port(int listenPort) {
        return port.orElseGet(() ->
                listenPort == 0 || listenPort + DISTANCE > PORT_MAX ? 0 : listenPort + DISTANCE);
    }
}
