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

    void add(String problem) {
        found.add(problem);
    }

    void check(boolean ok, String name, String problem) {
        if (!ok) {
            add(name + " " + problem);
        }
    }

    /** A value that is looked up by: what a database may trim, fold or replace would make two of them one. */
    boolean checkKey(String name, @Nullable String value, int max) {
        boolean ok = value == null
                || (!value.isEmpty()
                        && value.length() <= max
                        && value.equals(value.strip())
                        && value.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c)));
        check(
                ok,
                name,
                "must be 1 to " + max
                        + " characters, without spaces at its ends, control characters and unpaired surrogates");
        return ok;
    }

    void checkValue(String name, String value, int max) {
        check(
                value.length() <= max && value.codePoints().noneMatch(Problems::isSurrogate),
                name,
                "must be at most " + max + " characters, without unpaired surrogates");
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("cannot use this " + subject + ": " + String.join("; ", found));
        }
    }
}
