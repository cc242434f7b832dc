package io.github.smsdispatch.spi;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; all of its problems at once, one on each line of the message. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An array, because it travels with the exception, which a List need not. */
    private final ConfigurationProblem[] problems;

    /**
     * @param problems at least one
     * @throws IllegalArgumentException if there is none
     */
    public ConfigurationException(List<ConfigurationProblem> problems) {
        super(problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration without a problem is no exception");
        }
        this.problems = problems.toArray(ConfigurationProblem[]::new);
    }

    /** A single problem. */
    public ConfigurationException(String setting, String problem, String remedy) {
        this(List.of(new ConfigurationProblem(setting, problem, remedy)));
    }

    /** What is wrong, in the order it was found. */
    public List<ConfigurationProblem> problems() {
        return List.of(problems);
    }
}
