package io.github.smsdispatch.examples.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What values an option takes.
 *
 * @param <T> what is made of the value that was typed
 */
@FunctionalInterface
public interface Kind<T> {
    /**
     * Reads a value.
     *
     * @param value as it was typed, without blanks around it; never empty
     */
    T read(String value) throws UnusableValueException;

    /** Any text. */
    static Kind<String> text() {
        return value -> value;
    }

    /** A whole number, the bounds included. */
    static Kind<Integer> number(int least, int most) {
        return value -> Math.toIntExact(whole(value, least, most, " from " + least + " to " + most));
    }

    /** Any whole number that a long holds. */
    static Kind<Long> anyNumber() {
        return value -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "");
    }

    private static long whole(String value, long least, long most, String bounds) throws UnusableValueException {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UnusableValueException("must be a whole number" + bounds, "correct it");
    }

    /** A file or folder, there or not. */
    static Kind<Path> path() {
        return value -> {
            try {
                return Path.of(value);
            } catch (InvalidPathException e) {
                throw new UnusableValueException("is no path on this system", "give another one");
            }
        };
    }

    /** A file that can be written: its folder is there. */
    static Kind<Path> fileToWrite() {
        return value -> {
            Path path = path().read(value);
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(path)) {
                throw new UnusableValueException(
                        "must be a file in a folder that exists", "make the folder, or name another file");
            }
            return path;
        };
    }

    /** The address of a database. */
    static Kind<String> jdbcUrl() {
        return value -> {
            if (!value.startsWith("jdbc:")) {
                throw new UnusableValueException("is no JDBC URL", "write it as jdbc:mariadb://HOST:3306/DATABASE");
            }
            return value;
        };
    }
}
