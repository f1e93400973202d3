package dev.sheaf.cli.publish;

import dev.sheaf.cli.terminal.Progress;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;

/// One publish as its caller sees it: upload, then the node's phases. An interrupt (Ctrl-C) asks
/// the node to stop the run.
final class Publication {
    private static final int PERCENT = 100;

    private final SheafClient client;
    private final Terminal terminal;
    private final boolean silent;

    Publication(SheafClient client, Terminal terminal, boolean silent) {
        this.client = client;
        this.terminal = terminal;
        this.silent = silent;
    }

    RunInfo start(ProductName product, Inputs inputs, boolean dryRun) {
        if (!inputs.uris().isEmpty()) {
            return client.publishUris(product, inputs.uris(), dryRun);
        }
        String size = new ByteSize(inputs.bytes()).toString();
        String what = Shown.count(inputs.uploads().size(), "file");
        try (Progress progress = new Progress(terminal, silent)) {
            progress.step("sending " + what + ", " + size);
            return client.publish(
                    product,
                    inputs.uploads(),
                    dryRun,
                    sent ->
                            progress.advance(
                                    "sending " + what + ", " + size,
                                    sent,
                                    inputs.bytes(),
                                    new ByteSize(sent).toString()));
        }
    }

    RunInfo follow(RunInfo started) {
        Thread hook = new Thread(() -> cancel(started.id()), "cancel-on-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Progress progress = new Progress(terminal, silent)) {
            return client.await(started.id(), run -> show(progress, run));
        } finally {
            remove(hook);
        }
    }

    private static void show(Progress progress, RunInfo run) {
        if (run.state() == RunState.WAITING) {
            progress.step("waiting for another publish of " + run.product());
            return;
        }
        String phase = run.phase().orElse("working");
        if (run.progress().isPresent()) {
            long percent = Math.round(run.progress().getAsDouble() * PERCENT);
            progress.advance(phase, percent, PERCENT, run.message().orElse(""));
        } else if (!run.state().finished()) {
            progress.step(phase);
        }
    }

    private void cancel(String run) {
        try {
            client.cancelRun(run);
            terminal.err().println("cancelled; 'sheaf runs " + run + "' tells how far it came");
        } catch (Problem e) {
            terminal.err()
                    .println(
                            "run "
                                    + run
                                    + " may go on at the node, which did not take the cancel: "
                                    + e.message());
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // The hook runs, which is what it is for.
        }
    }
}
