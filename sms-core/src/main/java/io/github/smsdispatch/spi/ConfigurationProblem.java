package io.github.smsdispatch.spi;

import java.io.Serializable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param setting the setting's name as the user types it; never its value
 * @param problem what is wrong
 * @param remedy what to do
 */
public record ConfigurationProblem(String setting, String problem, String remedy) implements Serializable {
    @Override
    public String toString() {
        return setting + ": " + problem + " - " + remedy;
    }
}
