package dev.sheaf.cli.policy;

import dev.sheaf.rego.conformance.ConformanceCase;
import dev.sheaf.rego.conformance.ConformanceOutcome;
import dev.sheaf.rego.conformance.ConformanceRunner;
import dev.sheaf.rego.engine.CompileOptions;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the cases of many files, some at the same time, and gives their outcomes in order.
final class ConformanceSeries {
    private static final int THREADS = 2;

    private final ConformanceRunner runner =
            new ConformanceRunner(
                    CompileOptions.ALL_GRANTED,
                    new SecureRandom(),
                    LocalWorld::wallNanos,
                    System::nanoTime);

    /// @param file in which the case stands
    record Ended(String file, String note, ConformanceOutcome outcome) {}

    /// @throws InterruptedException when the waiting was interrupted; nothing goes on then
    List<Ended> run(List<CaseFile> files) throws InterruptedException {
        List<Callable<Ended>> work = new ArrayList<>();
        for (CaseFile file : files) {
            switch (file) {
                case CaseFile.Cases(String shown, List<ConformanceCase> cases) ->
                        cases.forEach(each -> work.add(() -> run(shown, each)));
                case CaseFile.Broken(String shown, String reason) ->
                        work.add(() ->
                                new Ended(
                                        shown,
                                        "the file itself",
                                        new ConformanceOutcome.Failed(reason)));
                case CaseFile.Other other -> {}
            }
        }
        List<Ended> ended = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            try {
                for (Future<Ended> each : threads.invokeAll(work)) {
                    ended.add(each.get());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a case ended without an outcome", e);
            } finally {
                threads.shutdownNow();
            }
        }
        return ended;
    }

    /// A case that crashes is a fault of ours, and a failure like any other.
    private Ended run(String file, ConformanceCase each) {
        ConformanceOutcome outcome;
        try {
            outcome = runner.run(each);
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] frames = e.getStackTrace();
            outcome =
                    new ConformanceOutcome.Failed(
                            "crashed: " + e + (frames.length == 0 ? "" : " at " + frames[0]));
        }
        return new Ended(file, each.note(), outcome);
    }
}
