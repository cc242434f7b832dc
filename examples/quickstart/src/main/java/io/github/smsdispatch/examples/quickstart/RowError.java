package io.github.smsdispatch.examples.quickstart;

/**
 * Why a row, or one number of it, could not be used.
 *
 * @param row as a spreadsheet counts: the header is row 1
 * @param column the column's name
 * @param reason what is wrong; never the number or the text itself
 */
record RowError(long row, String column, String reason) {
    @Override
    public String toString() {
        return "row " + row + ", " + column + ": " + reason;
    }
}
