package dev.sheaf.cli.context;

import dev.sheaf.client.ContextKey;

import picocli.CommandLine.Parameters;

/// Which document a command is about.
final class DocumentArguments {
    @Parameters(index = "0", paramLabel = "TYPE", description = "The context type.")
    private String type = "";

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "The document's id, as it is; slashes too.")
    private String id = "";

    ContextKey key() {
        return new ContextKey(type, id);
    }
}
