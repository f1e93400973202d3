package dev.sheaf.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.cli.terminal.Table.Column;
import dev.sheaf.cli.terminal.Table.Drawing;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class TableTest {
    @Test
    void numbersStandRightAndTextLeftInABox() {
        Table table =
                Table.of(Column.text("city"), Column.number("rows"))
                        .row(Cell.of("東京"), Cell.of(7))
                        .row(Cell.of("Zürich"), Cell.of(12345));
        assertEquals(
                """
                ┌────────┬───────┐
                │ city   │  rows │
                ├────────┼───────┤
                │ 東京   │     7 │
                │ Zürich │ 12345 │
                └────────┴───────┘
                """,
                table.draw(true, 0, Palette.OFF).text());
    }

    @Test
    void isBareWhereThereIsNoTerminal() {
        Table table =
                Table.of(Column.number("n"), Column.text("word")).row(Cell.of(10), Cell.of("ten"));
        assertEquals(" n  word\n--  ----\n10  ten\n", table.draw(false, 0, Palette.OFF).text());
    }

    @Test
    void nullAnEmptyTextAndTheWordNullLookDifferent() {
        Table table =
                Table.of(Column.text("v")).row(Cell.NULL).row(Cell.of("")).row(Cell.of("NULL"));
        assertEquals("v\n------\nNULL\n\n\"NULL\"\n", table.draw(false, 0, Palette.OFF).text());
    }

    @Test
    void cellsAreCutToTheWindowAndTheDrawingSaysSo() {
        Table table =
                Table.of(Column.text("id"), Column.text("note"))
                        .row(Cell.of("1"), Cell.of("a long remark that does not fit at all"));
        Drawing drawing = table.draw(true, 24, Palette.OFF);
        assertTrue(drawing.cellsCut());
        drawing.text().lines().forEach(line -> assertTrue(Glyphs.columns(line) <= 24, () -> line));
        assertTrue(drawing.text().contains("…"), drawing.text());
    }

    @Test
    void columnsThatDoNotFitAreCountedAndLeftOut() {
        List<Column> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (int index = 0; index < 40; index++) {
            columns.add(Column.text("column-" + index));
            cells.add(Cell.of("value"));
        }
        Drawing drawing = new Table(columns).row(cells).draw(true, 80, Palette.OFF);
        assertEquals(31, drawing.columnsHidden());
        drawing.text().lines().forEach(line -> assertTrue(Glyphs.columns(line) <= 80, () -> line));
    }

    @Test
    void everyLineOfABoxIsEquallyWideWhateverTheText() {
        Table table =
                Table.of(Column.text("naughty"), Column.number("n"))
                        .row(Cell.of("👨‍👩‍👧‍👦 family"), Cell.of(1))
                        .row(Cell.of("e\u0301\u001b[2J"), Cell.of(-1))
                        .row(Cell.of("ﷺ \u202e 한국"), Cell.NULL);
        List<Integer> widths =
                table.draw(true, 0, Palette.OFF)
                        .text()
                        .lines()
                        .map(Glyphs::columns)
                        .distinct()
                        .toList();
        assertEquals(1, widths.size(), widths::toString);
    }
}
