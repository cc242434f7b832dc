package io.github.smsdispatch.examples.quickstart;

import java.util.ArrayList;
import java.util.List;

/** All row errors are counted, the first of them are kept: a file of a million bad rows must not fill the memory. */
final class RowErrors {
    private static final int KEPT = 1000;

    private final List<RowError> first = new ArrayList<>();
    private long count;

    void add(RowError error) {
        count++;
        if (first.size() < KEPT) {
            first.add(error);
        }
    }

    long count() {
        return count;
    }

    /** The first ones, at most 1,000. */
    List<RowError> first() {
        return List.copyOf(first);
    }
}
