package dev.sheaf.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table to be drawn: in a box on a terminal, as bare columns elsewhere.
///
/// Numbers stand right. An absent value is drawn as `NULL`, an empty text as nothing, and a text
/// that reads `NULL` in quotes. On a terminal, cells and then whole columns are cut to its width,
/// and a line below says so. Not safe for threads.
public final class Table {
    private static final int CELL_COLUMNS_MIN = 5;
    private static final String NULL_TEXT = "NULL";

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /// @param numeric whether its cells stand right
    public record Column(String name, boolean numeric) {
        public static Column text(String name) {
            return new Column(name, false);
        }

        public static Column number(String name) {
            return new Column(name, true);
        }
    }

    /// What was drawn, and what did not fit.
    public record Drawing(String text, boolean cellsCut, int columnsHidden) {}

    public Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    public static Table of(Column... columns) {
        return new Table(List.of(columns));
    }

    public Table row(Cell... cells) {
        return row(List.of(cells));
    }

    public Table row(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    public int size() {
        return rows.size();
    }

    /// Draws on the terminal's standard output.
    public void print(Terminal terminal) {
        Drawing drawing = draw(terminal.outIsTerminal(), terminal.columns(), terminal.outPalette());
        terminal.out().print(drawing.text());
        if (drawing.columnsHidden() > 0) {
            terminal.out()
                    .println(
                            "("
                                    + drawing.columnsHidden()
                                    + " more columns do not fit this window; as CSV or JSON they"
                                    + " are all there)");
        } else if (drawing.cellsCut()) {
            terminal.out().println("(cut to this window's width; as CSV or JSON it is whole)");
        }
    }

    /// @param columnsMax width to keep within; 0 for any
    public Drawing draw(boolean boxed, int columnsMax, Palette palette) {
        int[] widths = naturalWidths();
        int[] natural = widths.clone();
        int overhead = boxed ? 3 : 2;
        int shown = columns.size();
        if (columnsMax > 0) {
            while (shown > 1 && minimum(natural, shown, overhead) > columnsMax) {
                shown--;
            }
            fit(widths, shown, columnsMax - shown * overhead - 1);
        }
        StringBuilder text = new StringBuilder();
        if (boxed) {
            rule(text, widths, shown, "┌", "┬", "┐");
        }
        header(text, widths, shown, boxed, palette);
        if (boxed) {
            rule(text, widths, shown, "├", "┼", "┤");
        } else {
            rule(text, widths, shown, "", "  ", "");
        }
        for (List<Cell> row : rows) {
            line(text, widths, shown, boxed, row, palette);
        }
        if (boxed) {
            rule(text, widths, shown, "└", "┴", "┘");
        }
        boolean cut = !Arrays.equals(Arrays.copyOf(natural, shown), Arrays.copyOf(widths, shown));
        String drawn = boxed ? text.toString() : withoutTrailingBlanks(text);
        return new Drawing(drawn, cut, columns.size() - shown);
    }

    private static String withoutTrailingBlanks(StringBuilder text) {
        StringBuilder lines = new StringBuilder(text.length());
        text.toString().lines().forEach(line -> lines.append(line.stripTrailing()).append('\n'));
        return lines.toString();
    }

    private int[] naturalWidths() {
        int[] widths = new int[columns.size()];
        for (int index = 0; index < widths.length; index++) {
            widths[index] = Math.max(1, Glyphs.columns(Glyphs.harmless(columns.get(index).name())));
            for (List<Cell> row : rows) {
                widths[index] = Math.max(widths[index], Glyphs.columns(shownText(row.get(index))));
            }
        }
        return widths;
    }

    private static int minimum(int[] natural, int shown, int overhead) {
        int sum = 1;
        for (int index = 0; index < shown; index++) {
            sum += Math.min(natural[index], CELL_COLUMNS_MIN) + overhead;
        }
        return sum;
    }

    /// Narrows the widest columns, all to the same width, until the sum fits.
    private static void fit(int[] widths, int shown, int available) {
        int cap = Arrays.stream(widths, 0, shown).max().orElse(0);
        while (cap > 1 && sumCapped(widths, shown, cap) > available) {
            cap--;
        }
        for (int index = 0; index < shown; index++) {
            widths[index] = Math.min(widths[index], cap);
        }
    }

    private static int sumCapped(int[] widths, int shown, int cap) {
        return Arrays.stream(widths, 0, shown).map(width -> Math.min(width, cap)).sum();
    }

    private static void rule(
            StringBuilder text, int[] widths, int shown, String left, String middle, String right) {
        boolean boxed = !left.isEmpty();
        text.append(left);
        for (int index = 0; index < shown; index++) {
            text.append(index == 0 ? "" : middle);
            text.append((boxed ? "─" : "-").repeat(widths[index] + (boxed ? 2 : 0)));
        }
        text.append(right).append('\n');
    }

    private void header(
            StringBuilder text, int[] widths, int shown, boolean boxed, Palette palette) {
        text.append(boxed ? "│ " : "");
        for (int index = 0; index < shown; index++) {
            Column column = columns.get(index);
            String name = Glyphs.cut(Glyphs.harmless(column.name()), widths[index]);
            separate(text, index, boxed);
            pad(
                    text,
                    name,
                    palette.bold(name),
                    widths[index],
                    column.numeric(),
                    boxed || index < shown - 1);
        }
        text.append(boxed ? " │\n" : "\n");
    }

    private void line(
            StringBuilder text,
            int[] widths,
            int shown,
            boolean boxed,
            List<Cell> row,
            Palette palette) {
        text.append(boxed ? "│ " : "");
        for (int index = 0; index < shown; index++) {
            Cell cell = row.get(index);
            String plain = Glyphs.cut(shownText(cell), widths[index]);
            separate(text, index, boxed);
            pad(
                    text,
                    plain,
                    painted(cell, plain, palette),
                    widths[index],
                    columns.get(index).numeric(),
                    boxed || index < shown - 1);
        }
        text.append(boxed ? " │\n" : "\n");
    }

    private static void separate(StringBuilder text, int index, boolean boxed) {
        if (index > 0) {
            text.append(boxed ? " │ " : "  ");
        }
    }

    private static void pad(
            StringBuilder text,
            String plain,
            String painted,
            int width,
            boolean right,
            boolean padEnd) {
        String space = " ".repeat(Math.max(0, width - Glyphs.columns(plain)));
        if (right) {
            text.append(space).append(painted);
        } else {
            text.append(painted).append(padEnd ? space : "");
        }
    }

    private static String shownText(Cell cell) {
        return switch (cell) {
            case Cell.Null _ -> NULL_TEXT;
            case Cell.Text(String text) ->
                    text.equals(NULL_TEXT) ? '"' + NULL_TEXT + '"' : Glyphs.harmless(text);
            case Cell.Toned(String text, Cell.Tone _) -> Glyphs.harmless(text);
        };
    }

    private static String painted(Cell cell, String plain, Palette palette) {
        return switch (cell) {
            case Cell.Null _ -> palette.dim(plain);
            case Cell.Text _ -> plain;
            case Cell.Toned(String _, Cell.Tone tone) ->
                    switch (tone) {
                        case GOOD -> palette.good(plain);
                        case WARNING -> palette.warning(plain);
                        case BAD -> palette.bad(plain);
                        case FAINT -> palette.dim(plain);
                    };
        };
    }
}
