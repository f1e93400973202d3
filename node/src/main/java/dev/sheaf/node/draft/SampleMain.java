package dev.sheaf.node.draft;

import dev.sheaf.node.governance.ColumnDetector;
import dev.sheaf.product.draft.SampleTask;

import java.util.HashMap;
import java.util.Map;

/// A process of its own that drafts one contract from a sample file, or classifies its columns.
/// Arguments are pairs, those of [SampleTask]; the exit status is that of its answer.
public final class SampleMain {
    private SampleMain() {}

    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            options.put(arguments[index], arguments[index + 1]);
        }
        System.exit(SampleTask.run(options, new ColumnDetector()).status());
    }
}
