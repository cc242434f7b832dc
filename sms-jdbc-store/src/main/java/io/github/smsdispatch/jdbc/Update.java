package io.github.smsdispatch.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The assignments of an update and its conditions; two are equal if they can be one statement. Not thread-safe. */
final class Update {
    private final List<String> assignments = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    void set(String column, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            assignments.add(column + " = ?");
            arguments.add(now);
        }
    }

    /** Of another column, which holds {@code now} and does not change. */
    void copy(String column, @Nullable Object before, String from, Object now) {
        if (!now.equals(before)) {
            assignments.add(column + " = " + from);
        }
    }

    void add(String column, long by) {
        if (by != 0) {
            assignments.add(column + " = " + column + " + ?");
            arguments.add(by);
        }
    }

    /** What a column must hold; after all assignments. */
    void where(String column, Object value) {
        conditions.add(column + " = ?");
        arguments.add(value);
    }

    String assignments() {
        return String.join(", ", assignments);
    }

    String conditions() {
        return String.join(" AND ", conditions);
    }

    /** Of the assignments, and then of the conditions. */
    List<@Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Update that
                && assignments.equals(that.assignments)
                && conditions.equals(that.conditions)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(assignments, conditions, arguments);
    }
}
