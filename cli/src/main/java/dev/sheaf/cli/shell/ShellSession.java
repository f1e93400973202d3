package dev.sheaf.cli.shell;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.command.Failure;
import dev.sheaf.cli.product.ProductText;
import dev.sheaf.cli.query.OutputFormat;
import dev.sheaf.cli.query.ResultReader;
import dev.sheaf.cli.query.ResultSink;
import dev.sheaf.cli.query.ResultText;
import dev.sheaf.cli.query.SqlCaret;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.ResultStream;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the shell does with each input, and the settings it keeps between them. For one thread, but
/// for [#cancel()].
final class ShellSession {
    private static final long ROWS_MAX = 1000;
    private static final int SAMPLE_ROWS = 10;

    private final Terminal terminal;
    private final Path workingDirectory;
    private final SheafClient client;
    private final Vocabulary vocabulary;
    private final Failure failure;
    private OutputFormat mode = OutputFormat.TABLE;
    private boolean timing = true;
    private Optional<String> lastSql = Optional.empty();
    private volatile Optional<String> runningQuery = Optional.empty();
    private volatile Optional<Thread> waiting = Optional.empty();

    ShellSession(Cli cli, SheafClient client, Vocabulary vocabulary) {
        this.terminal = cli.terminal();
        this.workingDirectory = cli.workingDirectory();
        this.client = client;
        this.vocabulary = vocabulary;
        this.failure = new Failure(cli.terminal(), false);
    }

    /// Does what the input says; problems are told and do not end the session.
    ///
    /// @param input a statement with or without its semicolon, or a meta command
    /// @return false when the session is to end
    boolean handle(String input) {
        String text = input.strip();
        try {
            if (text.startsWith(".")) {
                return meta(text);
            }
            String sql = text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
            if (!sql.isEmpty()) {
                lastSql = Optional.of(sql);
                show(sql);
            }
        } catch (Problem e) {
            failure.report(e);
        }
        terminal.out().flush();
        return true;
    }

    /// Stops the statement under way, from another thread: by its name, or, as long as the node has
    /// given it none, by breaking the connection off.
    void cancel() {
        if (runningQuery.isPresent()) {
            client.cancelQuery(runningQuery.get());
        } else {
            waiting.ifPresent(Thread::interrupt);
        }
    }

    private boolean meta(String text) {
        int blank = text.indexOf(' ');
        String word = blank < 0 ? text : text.substring(0, blank);
        String rest = blank < 0 ? "" : text.substring(blank + 1).strip();
        MetaCommand command = MetaCommand.named(word).orElseThrow(() -> unknown(word));
        switch (command) {
            case HELP -> help();
            case PRODUCTS -> products();
            case DESCRIBE ->
                    new ProductText(terminal).print(client.product(ProductName.parse(rest)));
            case SAMPLE ->
                    new ResultText(terminal)
                            .print(client.sample(ProductName.parse(rest), SAMPLE_ROWS), "");
            case CSV -> write(OutputFormat.CSV, rest);
            case JSON -> write(OutputFormat.JSON, rest);
            case PARQUET -> write(OutputFormat.PARQUET, rest);
            case MODE -> mode(rest);
            case TIMING -> timing = rest.isEmpty() ? !timing : rest.equalsIgnoreCase("on");
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    private static Problem unknown(String word) {
        return new Problem(
                ProblemCode.BAD_REQUEST, "there is no command '" + word + "'; .help lists them");
    }

    private void help() {
        for (MetaCommand command : MetaCommand.values()) {
            terminal.out()
                    .println(
                            String.format(
                                    "  %-34s %s",
                                    command.word() + " " + command.arguments(), command.purpose()));
        }
        terminal.out()
                .println("  SQL ends with a semicolon and may take several lines. Tab completes.");
    }

    private void products() {
        vocabulary.forget();
        vocabulary.productNames().forEach(name -> terminal.out().println(Vocabulary.inSql(name)));
    }

    private void mode(String name) {
        for (OutputFormat format : OutputFormat.values()) {
            if (format.toString().equals(name.toLowerCase(Locale.ROOT)) && !format.binary()) {
                mode = format;
                return;
            }
        }
        throw new Problem(
                ProblemCode.BAD_REQUEST,
                "'" + name + "' is no mode: write table, csv, json or ndjson. It is " + mode);
    }

    private void show(String sql) {
        long began = System.nanoTime();
        ResultStream result = query(sql, mode, OptionalLong.of(ROWS_MAX));
        try {
            if (mode == OutputFormat.TABLE) {
                ResultTable table = ResultReader.read(result);
                String took = Shown.duration(Duration.ofNanos(System.nanoTime() - began));
                new ResultText(terminal).print(table, timing ? took : "");
            } else {
                ResultSink.write(terminal, result, Optional.empty());
                terminal.out().println();
            }
        } finally {
            runningQuery = Optional.empty();
        }
    }

    private void write(OutputFormat format, String rest) {
        int blank = rest.indexOf(' ');
        String file = blank < 0 ? rest : rest.substring(0, blank);
        if (file.isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "into which file? Write ." + format + " FILE [SQL]");
        }
        String sql =
                blank < 0
                        ? lastSql.orElseThrow(() ->
                                new Problem(
                                        ProblemCode.BAD_REQUEST,
                                        "there is no last statement to write: ."
                                                + format
                                                + " FILE SQL"))
                        : rest.substring(blank + 1).strip().replaceAll(";$", "");
        Path target = workingDirectory.resolve(file);
        try {
            ResultSink.write(
                    terminal, query(sql, format, OptionalLong.empty()), Optional.of(target));
        } finally {
            runningQuery = Optional.empty();
        }
        terminal.out().println("wrote " + target);
    }

    private ResultStream query(String sql, OutputFormat format, OptionalLong rowsMax) {
        waiting = Optional.of(Thread.currentThread());
        try {
            ResultStream result =
                    client.query(
                            new QueryRequest(sql, OptionalInt.empty(), rowsMax), format.wire());
            runningQuery = result.queryId();
            return result;
        } catch (Problem e) {
            throw SqlCaret.mark(sql, e);
        } finally {
            waiting = Optional.empty();
            boolean cancelled =
                    Thread.interrupted(); // The next statement starts with a clean thread.
            runningQuery = cancelled ? Optional.empty() : runningQuery;
        }
    }
}
