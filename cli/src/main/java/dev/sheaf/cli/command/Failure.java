package dev.sheaf.cli.command;

import dev.sheaf.cli.terminal.Glyphs;
import dev.sheaf.cli.terminal.Palette;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ProblemBody;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.List;

/// Tells on standard error what went wrong: `error: …` for a person, an RFC 9457 problem document
/// with `--json`.
public final class Failure {
    private final Terminal terminal;
    private final boolean json;

    public Failure(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /// @return the exit status that belongs to the failure
    public int report(Throwable thrown) {
        terminal.out().flush();
        if (thrown instanceof Problem problem) {
            print(problem);
            return problem.code().exitCode().status();
        }
        print(
                new Problem(
                        ProblemCode.INTERNAL,
                        "a fault of sheaf itself: "
                                + thrown
                                + ". Please report it with the command and the output of"
                                + " SHEAF_TRACE=1",
                        thrown));
        if (terminal.variable("SHEAF_TRACE").isPresent()) {
            thrown.printStackTrace(terminal.err());
        }
        return ExitCode.INTERNAL.status();
    }

    /// A command line that cannot be understood.
    public int usage(String message, String wayOut) {
        if (json) {
            print(new Problem(ProblemCode.BAD_REQUEST, message + "; " + wayOut));
        } else {
            error(message);
            terminal.err().println("  " + Glyphs.harmless(wayOut));
        }
        return ExitCode.USAGE.status();
    }

    private void print(Problem problem) {
        if (json) {
            terminal.err().println(JsonAnswer.text(ProblemBody.of(problem, requestId(problem))));
            return;
        }
        error(problem.message());
        if (problem.details().get("errors") instanceof List<?> errors) {
            errors.forEach(
                    each -> terminal.err().println("  " + Glyphs.harmlessLines(each.toString())));
        }
    }

    /// The node's own, so that its log can be found; none when the problem arose here.
    private static String requestId(Problem problem) {
        return problem.details().get("requestId") instanceof String id ? id : "none";
    }

    private void error(String message) {
        Palette palette = terminal.errPalette();
        terminal.err().println(palette.bad("error:") + " " + Glyphs.harmlessLines(message));
    }
}
