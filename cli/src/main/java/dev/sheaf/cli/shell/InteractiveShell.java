package dev.sheaf.cli.shell;

import dev.sheaf.cli.command.Cli;
import dev.sheaf.cli.profile.PrivateFile;
import dev.sheaf.cli.query.SqlText;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The shell on a terminal: line editing, history, completion, Ctrl-C.
final class InteractiveShell {
    private final Cli cli;
    private final ShellSession session;
    private final Vocabulary vocabulary;

    InteractiveShell(Cli cli, ShellSession session, Vocabulary vocabulary) {
        this.cli = cli;
        this.session = session;
        this.vocabulary = vocabulary;
    }

    void run() {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = reader(terminal);
            terminal.handle(Signal.INT, _ -> cancel());
            boolean more = true;
            while (more) {
                more = next(reader);
            }
        } catch (IOException e) {
            throw new Problem(ProblemCode.UNAVAILABLE, "cannot use this terminal: " + e, e);
        }
    }

    private boolean next(LineReader reader) {
        try {
            return session.handle(reader.readLine("sheaf> "));
        } catch (UserInterruptException dropped) {
            return true; // Ctrl-C while typing: the line is dropped.
        } catch (EndOfFileException _) {
            return false;
        }
    }

    private void cancel() {
        try {
            session.cancel();
        } catch (Problem e) {
            cli.terminal().err().println("cannot cancel: " + e.message());
        }
    }

    private LineReader reader(Terminal terminal) throws IOException {
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("sheaf")
                        .parser(new StatementParser())
                        .completer(new ShellCompleter(vocabulary))
                        .variable(LineReader.HISTORY_FILE, history())
                        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  ...> ")
                        .variable(LineReader.INDENTATION, 2)
                        .build();
        reader.setOpt(LineReader.Option.CASE_INSENSITIVE);
        reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
        reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
        reader.unsetOpt(LineReader.Option.INSERT_TAB);
        return reader;
    }

    /// Statements may hold what nobody else should read: the file is there, and private, before the
    /// first one.
    private Path history() throws IOException {
        Path file = cli.profiles().home().resolve("history");
        if (!Files.exists(file)) {
            PrivateFile.write(file, "");
        }
        return file;
    }

    /// Reads on until a statement has its semicolon; a meta command is one line.
    private static final class StatementParser implements Parser {
        private final DefaultParser words = new DefaultParser();

        StatementParser() {
            words.setEscapeChars(new char[0]);
            words.setQuoteChars(new char[0]);
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            boolean accept = context == ParseContext.ACCEPT_LINE;
            boolean meta = line.startsWith(".");
            if (accept && !meta && !line.isBlank() && !SqlText.isComplete(line)) {
                throw new EOFError(-1, cursor, "the statement goes on", "");
            }
            return words.parse(line, cursor, context);
        }
    }
}
