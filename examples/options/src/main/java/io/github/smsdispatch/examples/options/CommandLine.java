package io.github.smsdispatch.examples.options;

import io.github.smsdispatch.spi.ConfigurationProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of a program: {@code --name VALUE} or {@code --name=VALUE}, and {@code --name} alone where it takes none. What
 * cannot be used is a problem and not the end, so that the user sees all at once; then the option is left as it was. Not
 * thread-safe.
 */
public final class CommandLine {
    private final List<ConfigurationProblem> problems;
    private final Map<String, Consumer<String>> withValue = new LinkedHashMap<>();
    private final Map<String, Runnable> flags = new LinkedHashMap<>();
    private String remedyForWords = "see --help for those there are";

    /** @param problems what is wrong is added to it */
    public CommandLine(List<ConfigurationProblem> problems) {
        this.problems = problems;
    }

    /** Adds an option that takes no value. */
    public CommandLine flag(String name, Runnable given) {
        flags.put(name, given);
        return this;
    }

    /**
     * Adds an option that takes a value.
     *
     * @param taker called at most once, and only with a value that can be used
     */
    public <T> CommandLine option(String name, Kind<? extends T> kind, Consumer<? super T> taker) {
        withValue.put(name, value -> {
            try {
                taker.accept(kind.read(value));
            } catch (UnusableValueException e) {
                problem(name, e.problem(), e.remedy());
            }
        });
        return this;
    }

    /** What to do about a word that stands alone, such as a file name without its option. */
    public CommandLine wordsAlone(String remedy) {
        this.remedyForWords = remedy;
        return this;
    }

    /** Reads the arguments. */
    public void read(List<String> arguments) {
        var rest = new ArrayList<>(arguments);
        var given = new HashSet<String>();
        while (!rest.isEmpty()) {
            String argument = rest.remove(0);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            if (withValue.containsKey(name)
                    && value == null
                    && !rest.isEmpty()
                    && !rest.get(0).startsWith("--")) {
                value = rest.remove(0);
            }
            read(name, value, given);
        }
    }

    private void read(String name, @Nullable String value, Set<String> given) {
        Consumer<String> option = withValue.get(name);
        Runnable flag = flags.get(name);
        if (option == null && flag == null) {
            problem(
                    name,
                    "is no option of this program",
                    name.startsWith("-") ? "see --help for those there are" : remedyForWords);
        } else if (!given.add(name)) {
            problem(name, "is given twice", "give it once");
        } else if (flag != null && value == null) {
            flag.run();
        } else if (flag != null) {
            problem(name, "takes no value", "give it alone: " + name);
        } else if (option != null && value != null && !value.isBlank()) {
            option.accept(value.strip());
        } else {
            problem(name, "has no value", "give one: " + name + " VALUE");
        }
    }

    /** For what the program itself finds wrong. */
    public void problem(String option, String problem, String remedy) {
        problems.add(new ConfigurationProblem(option, problem, remedy));
    }
}
