package io.github.smsdispatch.spi;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; all of its problems at once. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    /** @param problems at least one */
    public ConfigurationException(List<ConfigurationProblem> problems) {
        super(problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** A single problem. */
    public ConfigurationException(String setting, String problem, String remedy) {
        this(List.of(new ConfigurationProblem(setting, problem, remedy)));
    }

    /** What is wrong, in the order it was found. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }
}
