package dev.sheaf.bench.context;

import dev.sheaf.bench.context.baselines.BareLog;
import dev.sheaf.bench.context.baselines.BareParse;
import dev.sheaf.bench.context.baselines.BareStream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// Prints the baselines, one line of JSON each.
public final class BaselinesBenchmark {
    private BaselinesBenchmark() {}

    /// @param arguments a directory on the disk that is to be measured
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench/target");
        System.out.println(BareParse.measure(50_000, Dialogues.load()));
        System.out.println(BareLog.measure(directory, 2_000));
        System.out.println(BareStream.measure(100_000, 40));
        System.out.println(BareStream.measure(40_000, 300));
    }
}
