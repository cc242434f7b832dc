package io.github.smsdispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a value before anything is thrown, so that the user mends it in one go. */
final class Problems {
    private final String subject;
    private final List<String> found = new ArrayList<>();

    Problems(String subject) {
        this.subject = subject;
    }

    void add(String name, String problem) {
        found.add(name + " " + problem);
    }

    void check(boolean ok, String name, String problem) {
        if (!ok) {
            add(name, problem);
        }
    }

    void checkLength(String name, @Nullable String value, int max) {
        check(
                value == null || (!value.isBlank() && value.length() <= max),
                name,
                "must be 1 to " + max + " characters");
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("cannot use this " + subject + ": " + String.join("; ", found));
        }
    }
}
