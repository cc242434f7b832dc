package io.github.smsdispatch.spi;

import java.util.List;

/**
 * The door to a provider module, found by {@link java.util.ServiceLoader}: list the implementation in
 * {@code META-INF/services} and under {@code provides} in the module descriptor. Needs a public no-argument constructor.
 */
public interface SmsProviderFactory {
    /** The provider's name, unique on the class path: 1 to 32 lower-case letters, digits and hyphens. */
    String name();

    /** The settings that {@link #create} reads. Configuration checks them before, so that all problems show at once. */
    List<ProviderSetting> settings();

    /**
     * Makes the provider for one account. Does no I/O.
     *
     * @throws ConfigurationException if settings contradict each other
     */
    SmsProvider create(ProviderSettings settings);
}
