package dev.sheaf.node;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a node is told on its command line; it takes the place of what the configuration says.
///
/// @param data the data directory
/// @param config a file other than `sheaf.yaml` in the data directory
/// @param restoreContext a checkpoint of the context that the node begins with; its data directory
///   must have no context yet
public record NodeOptions(
        Path data,
        Optional<Path> config,
        Optional<RegionName> region,
        OptionalInt port,
        Optional<Path> restoreContext) {
    private static final String USAGE =
            "use: --data DIRECTORY [--config FILE] [--region CLOUD/LOCATION] [--port NUMBER]"
                    + " [--restore-context CHECKPOINT]";

    /// Begins with what is in the data directory.
    public NodeOptions(
            Path data, Optional<Path> config, Optional<RegionName> region, OptionalInt port) {
        this(data, config, region, port, Optional.empty());
    }

    /// @throws Problem BAD_REQUEST or INVALID_VALUE
    public static NodeOptions parse(List<String> arguments) {
        @Nullable Path data = null;
        Optional<Path> config = Optional.empty();
        Optional<RegionName> region = Optional.empty();
        OptionalInt port = OptionalInt.empty();
        Optional<Path> restoreContext = Optional.empty();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new Problem(ProblemCode.BAD_REQUEST, name + " lacks a value; " + USAGE);
            }
            String value = arguments.get(i + 1);
            switch (name) {
                case "--data" -> data = Path.of(value);
                case "--config" -> config = Optional.of(Path.of(value));
                case "--region" -> region = Optional.of(RegionName.parse(value));
                case "--port" -> port = OptionalInt.of(port(value));
                case "--restore-context" -> restoreContext = Optional.of(Path.of(value));
                default ->
                        throw new Problem(
                                ProblemCode.BAD_REQUEST,
                                "unknown argument '" + name + "'; " + USAGE);
            }
        }
        if (data == null) {
            throw new Problem(ProblemCode.BAD_REQUEST, "--data is missing; " + USAGE);
        }
        return new NodeOptions(data, config, region, port, restoreContext);
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw noPort(value, e);
        }
        throw noPort(value, null);
    }

    private static Problem noPort(String value, @Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "--port " + value + ": a port is a number from 0 to 65535",
                cause);
    }
}
