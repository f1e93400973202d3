package dev.sheaf.cli.terminal;

import java.util.Locale;

/// What long work says while it goes on: one line that is drawn over itself on a terminal, a line
/// for each new step elsewhere. Always on standard error, so that output can be piped. Safe for
/// threads.
public final class Progress implements AutoCloseable {
    private static final int BAR_COLUMNS = 24;
    private static final long REDRAW_NANOS = 80_000_000;

    private final Terminal terminal;
    private final boolean silent;
    private String step = "";
    private boolean drawn;
    private long drawnAtNanos;

    public Progress(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    /// Begins a step, or says more about the one under way.
    public synchronized void step(String text) {
        if (silent || text.equals(step)) {
            return;
        }
        step = text;
        if (terminal.errIsTerminal()) {
            draw(text);
        } else {
            terminal.err().println("  " + Glyphs.harmless(text));
        }
    }

    /// How far the step is; drawn on a terminal only.
    public synchronized void advance(String text, long done, long total, String amount) {
        if (silent) {
            return;
        }
        if (!terminal.errIsTerminal()) {
            step(text);
            return;
        }
        long now = System.nanoTime();
        if (drawn && now - drawnAtNanos < REDRAW_NANOS && done < total) {
            return;
        }
        step = text;
        double part = total <= 0 ? 0 : Math.min(1.0, (double) done / total);
        int full = (int) Math.round(part * BAR_COLUMNS);
        draw(
                String.format(
                        Locale.ROOT,
                        "%s  %s%s %3d%%  %s",
                        text,
                        "█".repeat(full),
                        "░".repeat(BAR_COLUMNS - full),
                        Math.round(part * 100),
                        amount));
    }

    private void draw(String text) {
        int width = terminal.columns() > 0 ? terminal.columns() : BAR_COLUMNS * 4;
        terminal.err()
                .print(
                        "\r\u001b[K"
                                + terminal.errPalette()
                                        .dim(Glyphs.cut("  " + Glyphs.harmless(text), width - 1)));
        terminal.err().flush();
        drawn = true;
        drawnAtNanos = System.nanoTime();
    }

    /// Removes the line, if one is drawn.
    @Override
    public synchronized void close() {
        if (drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            drawn = false;
        }
    }
}
