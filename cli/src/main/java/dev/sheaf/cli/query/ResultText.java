package dev.sheaf.cli.query;

import dev.sheaf.cli.terminal.Cell;
import dev.sheaf.cli.terminal.Shown;
import dev.sheaf.cli.terminal.Table;
import dev.sheaf.cli.terminal.Terminal;
import dev.sheaf.client.ResultTable;
import dev.sheaf.client.Wire;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Draws a result as a table, with a line below it that counts the rows.
public final class ResultText {
    private static final Pattern NUMERIC =
            Pattern.compile(
                    "(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL.*|DOUBLE|FLOAT|REAL|int|long|decimal.*|double|float)");
    private static final Pattern FLOATING = Pattern.compile("DOUBLE|FLOAT|REAL|double|float");

    private final Terminal terminal;

    public ResultText(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param remark stands behind the number of rows, for example how long it took; may be empty
    public void print(ResultTable result, String remark) {
        table(result).print(terminal);
        String rows = Shown.count(result.rowCount(), "row");
        String more =
                result.truncated()
                        ? " - there are more: --limit N for more, --limit 0 for all"
                        : "";
        String end = remark.isEmpty() ? "" : " " + remark;
        terminal.out().println(terminal.outPalette().dim("(" + rows + more + ")" + end));
        RegionsText.print(terminal, result);
    }

    static Table table(ResultTable result) {
        List<Table.Column> columns = new ArrayList<>();
        for (ResultTable.Column column : result.columns()) {
            columns.add(new Table.Column(column.name(), NUMERIC.matcher(column.type()).matches()));
        }
        Table table = new Table(columns);
        for (List<@Nullable Object> row : result.rows()) {
            List<Cell> cells = new ArrayList<>();
            for (int index = 0; index < columns.size(); index++) {
                Object value = index < row.size() ? row.get(index) : null;
                cells.add(
                        value == null
                                ? Cell.NULL
                                : Cell.of(text(value, result.columns().get(index).type())));
            }
            table.row(cells);
        }
        return table;
    }

    private static String text(Object value, String type) {
        return switch (value) {
            case BigDecimal number when FLOATING.matcher(type).matches() ->
                    Double.toString(number.doubleValue());
            case BigDecimal number -> number.toPlainString();
            case List<?> list -> Wire.json().writeValueAsString(list);
            case Map<?, ?> map -> Wire.json().writeValueAsString(map);
            default -> value.toString();
        };
    }
}
