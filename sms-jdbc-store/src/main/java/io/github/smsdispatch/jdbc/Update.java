package io.github.smsdispatch.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The assignments of an update; two are equal if they can be one statement. Not thread-safe. */
final class Update {
    private final List<String> assignments = new ArrayList<>();
    private final List<@Nullable Object> arguments = new ArrayList<>();

    void set(String column, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            assignments.add(column + " = ?");
            arguments.add(now);
        }
    }

    void add(String column, long by) {
        if (by != 0) {
            assignments.add(column + " = " + column + " + ?");
            arguments.add(by);
        }
    }

    /** The argument of the condition; after all assignments. */
    void where(Object argument) {
        arguments.add(argument);
    }

    String assignments() {
        return String.join(", ", assignments);
    }

    List<@Nullable Object> arguments() {
        return arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Update that && assignments.equals(that.assignments) && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(assignments, arguments);
    }
}
