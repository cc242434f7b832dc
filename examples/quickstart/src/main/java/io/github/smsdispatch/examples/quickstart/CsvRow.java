package io.github.smsdispatch.examples.quickstart;

/**
 * A row as it stands in the file.
 *
 * @param row as a spreadsheet counts: the header is row 1
 * @param wrongWidth how many cells it has, if that is not what the header has; otherwise 0, and then its cells are empty
 */
record CsvRow(long row, String message, String recipients, String campaign, String sendingTime, int wrongWidth) {
    /** Neither numbers nor text. */
    @Override
    public String toString() {
        return "CsvRow[" + row + "]";
    }
}
