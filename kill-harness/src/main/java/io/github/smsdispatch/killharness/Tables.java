package io.github.smsdispatch.killharness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tables for a screen and for a page. */
final class Tables {
    private Tables() {}

    /** In columns; numbers to the right. */
    static List<String> plain(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String blanks = " ".repeat(widths.get(column) - row.get(column).length());
                line.append("  ")
                        .append(isNumber(row.get(column)) ? blanks + row.get(column) : row.get(column) + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    static List<String> markdown(List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(line(rows.get(0)));
        lines.add(line(rows.get(0).stream().map(cell -> "---").toList()));
        rows.stream().skip(1).map(Tables::line).forEach(lines::add);
        return lines;
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && cell.chars().allMatch(letter -> Character.isDigit(letter) || letter == ',');
    }
}
