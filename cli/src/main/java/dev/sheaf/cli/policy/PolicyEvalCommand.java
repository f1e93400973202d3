package dev.sheaf.cli.policy;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.JsonAnswer;
import dev.sheaf.cli.command.JsonOption;
import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.rego.builtin.FixedSurroundings;
import dev.sheaf.rego.engine.CompileOptions;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.engine.Policies;
import dev.sheaf.rego.engine.Query;
import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.test.TraceText;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `sheaf policy eval`.
@Command(
        name = "eval",
        description = "Ask policies a question.",
        footer = {
            "",
            "Data files named themselves lie at the root of data; those in folders below a named",
            "folder lie at that folder's path. Hidden files are passed over.",
            "Policies get the clock and random numbers. No network is reached from here, so",
            "http.send and its like have no answer.",
            "",
            "Exit status 0 when the answer is defined (also when it is false), 1 when it is",
            "undefined or the policies cannot be used.",
            "",
            "Examples:",
            "  sheaf policy eval 'x := 1 + 2'",
            "  sheaf policy eval --data policies/ --input request.json data.sales.allow",
            "  cat request.json | sheaf policy eval -d access.rego -i - --explain data.access.allow"
        })
public final class PolicyEvalCommand implements Callable<Integer> {
    private final Cli cli;

    @Mixin private final JsonOption json = new JsonOption();
    @Mixin private final DialectOptions dialect = new DialectOptions();
    @Mixin private final LimitOptions limits = new LimitOptions();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "PATH",
            description = "Policies (.rego), data (.json, .yaml) or folders of both; repeatable.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "The input document, JSON or YAML, or - for standard input.")
    private Optional<String> input = Optional.empty();

    @Option(
            names = "--strict-errors",
            description = "A function that fails ends the evaluation (default: it is undefined).")
    private boolean strictErrors;

    @Option(names = "--explain", description = "Show what was evaluated on the way.")
    private boolean explain;

    @Parameters(paramLabel = "QUERY", description = "For example data.sales.allow.")
    private String query = "";

    public PolicyEvalCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        try {
            return evaluate();
        } catch (PolicyFault fault) {
            throw PolicyProblems.of(fault);
        } catch (EvaluationFault fault) {
            throw PolicyProblems.of(fault);
        }
    }

    private Integer evaluate() {
        PolicySources sources = PolicySources.read(cli, data, dialect.version());
        CompileOptions options = explain ? dialect.compile().traced() : dialect.compile();
        Policies policies = Policies.compile(sources.modules(), options);
        Question question;
        Query compiled;
        try {
            question = Question.of(query, dialect.version(), sources.modules());
            compiled = policies.query(question.body());
        } catch (PolicyFault fault) {
            throw PolicyProblems.inQuery(fault, query);
        }
        List<String> notes = new ArrayList<>();
        TraceText trace = new TraceText(withQuery(sources.modules()));
        FixedSurroundings.World world =
                LocalWorld.of(line -> {
                    notes.add(line);
                    cli.terminal().err().println(Glyphs.harmlessLines(line));
                });
        List<ObjectValue> found =
                compiled.results(
                        new Query.Facts(
                                input(),
                                sources.data(),
                                strictErrors,
                                explain ? Optional.of(trace) : Optional.empty()),
                        limits.limits(),
                        System::nanoTime,
                        work -> new FixedSurroundings(world, LocalWorld.wallNanos(), work::done));
        report(question, found, trace.lines(), notes);
        return found.isEmpty() ? ExitCode.NEGATIVE.status() : ExitCode.OK.status();
    }

    /// So that the trace shows the query's lines too.
    private List<Module> withQuery(List<Module> modules) {
        List<Module> all = new ArrayList<>(modules);
        all.add(
                new Module(
                        Location.NONE.file(),
                        dialect.version(),
                        List.of(),
                        Location.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        query));
        return all;
    }

    private Optional<Value> input() {
        return input.map(place -> {
            String shown = place.equals(PolicyFiles.STANDARD_INPUT) ? "standard input" : place;
            return DocumentReading.of(
                    PolicyFiles.Kind.of(place), new PolicyFiles(cli).text(place), shown);
        });
    }

    private void report(
            Question question, List<ObjectValue> found, List<String> trace, List<String> notes) {
        EvaluationAnswer answer = new EvaluationAnswer(question, found);
        if (json.json()) {
            JsonAnswer.print(
                    cli.terminal(),
                    answer.json(explain ? Optional.of(trace) : Optional.empty(), notes));
            return;
        }
        if (explain) {
            trace.forEach(line -> cli.terminal().out().println(Glyphs.harmless(line)));
            cli.terminal().out().println();
        }
        answer.print(cli.terminal());
    }
}
