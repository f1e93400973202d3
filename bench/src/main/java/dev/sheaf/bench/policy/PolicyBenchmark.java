package dev.sheaf.bench.policy;

import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Decision;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Decisions of the standard pack: time of one, rate on one thread, against an OPA server over
/// HTTP; time to compile the pack and to load 10,000 rules.
///
/// `bin/bench policy [SECONDS]`; the server is measured where `opa` is on the path.
public final class PolicyBenchmark {
    private static final int RULES = 10_000;
    private static final int CLIENTS = 8;

    private PolicyBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        NewProcess process = new NewProcess();
        System.out.printf(
                "pack, compiled in a new process: %d ms, with a cache of classes as nodes have it"
                        + " %d ms%n",
                process.plain(), process.cached());
        PolicySet pack = StandardPack.load();
        Decider decider = new Decider(System::nanoTime, new Random(1));
        decider.use(pack);
        List<Question> questions = Questions.some();
        Optional<Path> opa = OpaServer.program();
        if (opa.isPresent()) {
            Path folder = Files.createTempDirectory("sheaf-bench-opa");
            try (OpaServer server = OpaServer.start(opa.get(), folder)) {
                check(decider, server, questions);
                double ours = ours(decider, questions, seconds);
                double theirs = theirs(server, questions, seconds);
                System.out.printf("ratio: %.0fx%n", ours / theirs);
            }
        } else {
            System.out.println("there is no opa on this machine: not compared");
            ours(decider, questions, seconds);
        }
        long began = System.nanoTime();
        StandardPack.load();
        System.out.printf("pack, compiled in a warm process: %.1f ms%n", millisSince(began));
        manyRules();
    }

    private static double millisSince(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    /// Both allow and deny the same, with masks on the same columns.
    private static void check(Decider decider, OpaServer server, List<Question> questions)
            throws IOException, InterruptedException {
        for (Question question : questions) {
            ObjectValue theirs = result(server.ask(body(question)));
            Decision ours = decider.decide(question);
            boolean isAllowed = String.valueOf(theirs.get("allow")).equals("true");
            Set<String> masked = new TreeSet<>();
            if (theirs.get("masks") instanceof ObjectValue masks) {
                masks.forEach((column, mask) -> masked.add(((StringValue) column).value()));
            }
            boolean isSame =
                    switch (ours) {
                        case Decision.Deny deny -> !isAllowed;
                        case Decision.Allow allow ->
                                isAllowed && allow.masks().keySet().equals(masked);
                    };
            if (!isSame) {
                throw new IllegalStateException(
                        "different answers: " + question + ": " + ours + ", " + theirs);
            }
        }
        System.out.println("answers: the same as OPA's for " + questions.size() + " questions");
    }

    private static ObjectValue result(String answer) {
        if (JsonValues.parse(answer) instanceof ObjectValue fields
                && fields.get("result") instanceof ObjectValue result) {
            return result;
        }
        throw new IllegalStateException("no result: " + answer);
    }

    private static String body(Question question) {
        return "{\"input\":" + JsonValues.text(question.toInput()) + "}";
    }

    private static double ours(Decider decider, List<Question> questions, int seconds) {
        long[] nanos = new long[4_000_000];
        int count = 0;
        double rate = 0;
        for (int half = 0; half < 2; half++) { // the first warms up
            count = 0;
            long began = System.nanoTime();
            long end = began + seconds * 500_000_000L;
            long before = began;
            while (before < end && count < nanos.length) {
                if (decider.decide(questions.get(count & 63)).reasons().isEmpty()) {
                    throw new IllegalStateException("a decision without reasons");
                }
                long after = System.nanoTime();
                nanos[count++] = after - before;
                before = after;
            }
            rate = count / ((before - began) / 1e9);
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        System.out.printf(
                "in the process, one thread: %,.0f decisions/s, median %.2f us, p99 %.2f us%n",
                rate, sorted[count / 2] / 1e3, sorted[(int) (count * 0.99)] / 1e3);
        return rate;
    }

    private static double theirs(OpaServer server, List<Question> questions, int seconds)
            throws InterruptedException {
        List<String> bodies = questions.stream().map(PolicyBenchmark::body).toList();
        AtomicLong answers = new AtomicLong();
        long began = System.nanoTime();
        long end = began + seconds * 1_000_000_000L;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                all.add(
                        CompletableFuture.runAsync(
                                () -> ask(server, bodies, first, end, answers), clients));
            }
            all.forEach(CompletableFuture::join);
        }
        double rate = answers.get() / ((System.nanoTime() - began) / 1e9);
        System.out.printf(
                "OPA over HTTP, %d clients, all cores: %,.0f decisions/s%n", CLIENTS, rate);
        return rate;
    }

    private static void ask(
            OpaServer server, List<String> bodies, int first, long end, AtomicLong answers) {
        try {
            for (int i = first; System.nanoTime() < end; i++) {
                result(server.ask(bodies.get(i & 63)));
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void manyRules() {
        StringBuilder text = new StringBuilder("package rules.many\n");
        for (int i = 0; i < RULES; i++) {
            text.append("permit contains \"many.")
                    .append(i)
                    .append("\" if {\n")
                    .append("\tinput.action == \"product.query\"\n")
                    .append("\tinput.subject.id == \"user-")
                    .append(i)
                    .append("\"\n")
                    .append("\tnot input.resource.domain == \"secret-")
                    .append(i)
                    .append("\"\n}\n");
        }
        long began = System.nanoTime();
        List<Module> modules = new ArrayList<>(StandardPack.modules());
        modules.add(Parser.module("many.rego", text.toString(), RegoVersion.V1));
        PolicySet many = PolicySet.compile(modules, StandardPack.settings());
        System.out.printf("%,d rules, read and compiled: %.0f ms%n", RULES, millisSince(began));
        Decider decider = new Decider(System::nanoTime, new Random(1));
        decider.use(many);
        List<Question> questions = Questions.some();
        long count = 0;
        for (int round = 0; round < 2; round++) {
            count = 0;
            began = System.nanoTime();
            while (millisSince(began) < 2_000) {
                decider.decide(questions.get((int) (count++ & 63)));
            }
        }
        System.out.printf("with them: %.1f us a decision%n", millisSince(began) * 1e3 / count);
    }
}
