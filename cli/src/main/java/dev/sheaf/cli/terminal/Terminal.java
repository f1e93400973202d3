package dev.sheaf.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The streams a command speaks on, and what it knows of them. Text is UTF-8 whatever the locale.
///
/// @param columns width of the window; 0 when the output is no window and nothing need be cut
/// @param environment the process's variables
/// @param guard sees what failed beneath `out`
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        Map<String, String> environment,
        Optional<GuardedOutput> guard) {
    private static final int COLUMNS_DEFAULT = 100;
    private static final int COLUMNS_MIN = 20;
    private static final int BUFFER_BYTES = 1 << 15;

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /// This process's own streams. The launcher says in `sheaf.terminal` which of 0, 1 and 2 are
    /// terminals, and after a colon how wide they are (`012:120`); the JDK cannot tell them apart.
    public static Terminal ofProcess() {
        String told = System.getProperty("sheaf.terminal", "");
        int colon = told.indexOf(':');
        String streams = colon < 0 ? told : told.substring(0, colon);
        GuardedOutput guard = new GuardedOutput(new FileOutputStream(FileDescriptor.out));
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                stream(guard, streams.contains("1")),
                stream(new FileOutputStream(FileDescriptor.err), true),
                streams.contains("0"),
                streams.contains("1"),
                streams.contains("2"),
                streams.contains("1") ? columns(told.substring(colon + 1)) : 0,
                System.getenv(),
                Optional.of(guard));
    }

    /// What went wrong when standard output was written, if anything did.
    public Optional<IOException> outFailure() {
        return guard.flatMap(GuardedOutput::failure);
    }

    private static PrintStream stream(OutputStream target, boolean flushEachLine) {
        return new PrintStream(
                new BufferedOutputStream(target, BUFFER_BYTES),
                flushEachLine,
                StandardCharsets.UTF_8);
    }

    private static int columns(String text) {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(Character::isDigit)) {
            return COLUMNS_DEFAULT;
        }
        int columns = Integer.parseInt(text);
        return columns == 0 ? COLUMNS_DEFAULT : Math.max(COLUMNS_MIN, columns);
    }

    /// The variable's value; an empty one counts as unset.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// Colours for standard output: on a terminal only, and not when NO_COLOR is set (no-color.org)
    /// or TERM is `dumb`.
    public Palette outPalette() {
        return palette(outIsTerminal);
    }

    /// Colours for standard error, by the same rule.
    public Palette errPalette() {
        return palette(errIsTerminal);
    }

    private Palette palette(boolean isTerminal) {
        boolean wanted =
                isTerminal
                        && variable("NO_COLOR").isEmpty()
                        && !variable("TERM").orElse("").equals("dumb");
        return new Palette(wanted);
    }
}
