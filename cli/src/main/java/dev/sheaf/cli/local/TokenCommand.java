package dev.sheaf.cli.local;

import picocli.CommandLine.Command;

/// `sheaf token`: leads to its subcommand.
@Command(description = "Make tokens of the node's own issuer.", synopsisSubcommandLabel = "create")
public final class TokenCommand {}
