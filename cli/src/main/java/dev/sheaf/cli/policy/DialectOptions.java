package dev.sheaf.cli.policy;

import dev.sheaf.rego.builtin.Capability;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.syntax.RegoVersion;

import picocli.CommandLine.Option;

import java.util.EnumSet;
import java.util.Set;

/// Which Rego a command reads, and which functions its policies may name.
final class DialectOptions {
    @Option(
            names = "--v0",
            description =
                    "Read the Rego of before OPA 1: bodies without if, sets without contains.")
    private boolean old;

    @Option(
            names = "--allow-network",
            description =
                    "Let policies name functions of the network. There is none here: their calls"
                            + " are undefined unless something is put in their place (with … as).")
    private boolean network;

    @Option(
            names = "--allow-runtime",
            description = "Let policies call opa.runtime(), which is an empty object here.")
    private boolean runtime;

    RegoVersion version() {
        return old ? RegoVersion.V0 : RegoVersion.V1;
    }

    /// The clock and randomness, and what was allowed.
    CompileOptions compile() {
        Set<Capability> granted = EnumSet.of(Capability.CLOCK, Capability.RANDOM);
        if (network) {
            granted.add(Capability.NETWORK);
        }
        if (runtime) {
            granted.add(Capability.RUNTIME);
        }
        return new CompileOptions(granted, false, false);
    }
}
