package dev.sheaf.cli.command;

import picocli.CommandLine.Option;

/// `--json`: the answer as one JSON document on standard output, a failure as one problem document
/// on standard error.
public final class JsonOption {
    @Option(names = "--json", description = "Answer in JSON, for machines; the shape is stable.")
    private boolean json;

    public boolean json() {
        return json;
    }
}
