package dev.sheaf.product.publish;

import dev.sheaf.product.ledger.ChildJvm;

import java.nio.file.Path;

/// A process that publishes and stands still at the beginning of a phase, to be killed there.
final class HaltingPublish {
    private HaltingPublish() {}

    /// @param arguments folder of the node, file to publish, phase
    public static void main(String[] arguments) throws Exception {
        Phase halt = Phase.valueOf(arguments[2]);
        try (TestNode node = new TestNode(Path.of(arguments[0]))) {
            node.publisher.publish(
                    new PublishRequest(
                            "killed-at-" + halt,
                            dev.sheaf.kernel.ProductName.parse("sales.people"),
                            java.util.List.of(arguments[1]),
                            "victim",
                            false),
                    progress -> {
                        if (progress.phase() == halt) {
                            ChildJvm.say("HALTED");
                            sleepForEver();
                        }
                    },
                    ReleaseGate.OPEN);
        }
    }

    private static void sleepForEver() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
