package dev.sheaf.product.erase;

import dev.sheaf.product.ledger.ChildJvm;

import java.nio.file.Path;

/// A process that erases and stands still at the beginning of a step, to be killed there.
final class HaltingErasure {
    private HaltingErasure() {}

    /// @param arguments folder of the node, step
    public static void main(String[] arguments) throws Exception {
        RemovalStep halt = RemovalStep.valueOf(arguments[1]);
        try (ErasedNode node = new ErasedNode(Path.of(arguments[0]))) {
            RemovalOrder order = ErasedNode.order(ErasedNode.SUBJECT);
            node.erase(
                    new RemovalOrder(
                            "killed-at-" + halt,
                            order.product(),
                            order.selection(),
                            order.kind(),
                            order.by()),
                    step -> {
                        if (step == halt) {
                            ChildJvm.say("HALTED");
                            sleepForEver();
                        }
                    });
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
