package dev.sheaf.node.config;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.contract.document.Position;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads `sheaf.yaml`. All that is wrong with it is told at once, each fault with line and key.
public final class ConfigReader {
    private ConfigReader() {}

    /// @throws Problem INVALID_CONFIGURATION
    public static NodeConfig read(Source source) {
        if (saysNothing(source)) {
            return defaults();
        }
        List<String> faults = new ArrayList<>();
        Node.Mapping root =
                switch (DocumentReader.read(source)) {
                    case Parsed.Broken(var fault) ->
                            throw unusable(
                                    source.name(),
                                    List.of(
                                            source.name()
                                                    + ":"
                                                    + fault.at()
                                                    + ": "
                                                    + fault.message()));
                    case Parsed.Tree(Node.Mapping mapping, _) -> mapping;
                    case Parsed.Tree(Node.Nothing _, _) ->
                            new Node.Mapping(Position.START, Map.of());
                    case Parsed.Tree(Node other, _) ->
                            throw unusable(
                                    source.name(),
                                    List.of(
                                            source.name()
                                                    + ":"
                                                    + other.at()
                                                    + ": write keys and values"));
                };
        NodeConfig config = new ConfigBinder(source.name(), faults).bind(NodeConfig.class, root);
        if (!faults.isEmpty() || config == null) {
            throw unusable(source.name(), faults);
        }
        return config;
    }

    /// All defaults.
    public static NodeConfig defaults() {
        return read(new Source("defaults", "{}".getBytes(StandardCharsets.UTF_8)));
    }

    /// Nothing but comments and blank lines.
    private static boolean saysNothing(Source source) {
        return new String(source.bytes(), StandardCharsets.UTF_8)
                .lines()
                .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    private static Problem unusable(String file, List<String> faults) {
        String count = faults.size() == 1 ? "a fault" : faults.size() + " faults";
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                "the configuration "
                        + file
                        + " has "
                        + count
                        + ":\n  "
                        + String.join("\n  ", faults),
                Map.of("faults", faults),
                null);
    }
}
