package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a provider's factory and its settings owe to those who configure it. Extend it and name the factory. */
public abstract class ProviderFactoryContract {
    /** For extenders. */
    protected ProviderFactoryContract() {}

    /** The factory under test, made by its public constructor. */
    protected abstract SmsProviderFactory factory();

    /** Values with which it makes a provider, all others left at their fall-backs. */
    protected abstract Map<String, String> working();

    @Test
    @DisplayName("the service loader finds the factory, and no other of its name")
    final void found() {
        List<SmsProviderFactory> found = ServiceLoader.load(SmsProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(factory().name()))
                .toList();
        assertEquals(1, found.size());
        assertEquals(factory().getClass(), found.get(0).getClass());
    }

    @Test
    @DisplayName("its name can be the name of an account")
    final void name() {
        assertEquals(factory().name(), ProviderAccount.of(factory().name()).toString());
    }

    @Test
    @DisplayName("the keys of its settings are distinct lower-case words, and each says what it means")
    final void keys() {
        var seen = new HashSet<String>();
        for (ProviderSetting setting : factory().settings()) {
            assertTrue(setting.key().matches("[a-z0-9]+(-[a-z0-9]+)*"), setting::key);
            assertTrue(seen.add(setting.key()), setting::key);
            assertFalse(setting.meaning().isBlank(), setting::key);
        }
    }

    @Test
    @DisplayName("a fall-back passes the check of its own setting, and neither secrets nor required settings have one")
    final void fallbacks() {
        for (ProviderSetting setting : factory().settings()) {
            String fallback = setting.fallback();
            if (fallback != null) {
                assertNull(setting.check().problemWith(fallback), setting::key);
                assertFalse(setting.secret() || setting.required(), setting::key);
            }
        }
    }

    @Test
    @DisplayName("a blank secret is refused, and no refusal repeats a value")
    final void refusals() {
        for (ProviderSetting setting : factory().settings()) {
            if (setting.secret()) {
                assertNotNull(setting.check().problemWith(" "), setting::key);
            }
            String problem = setting.check().problemWith("|hunter2|");
            assertFalse(problem != null && problem.contains("hunter2"), setting::key);
        }
    }

    @Test
    @DisplayName("it makes a provider that shows no secret")
    final void create() {
        Map<String, String> secrets = working().entrySet().stream()
                .filter(entry -> factory().settings().stream()
                        .anyMatch(setting -> setting.secret() && setting.key().equals(entry.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try (SmsProvider provider = factory().create(TestSettings.of(factory(), working()))) {
            assertTrue(provider.traits().maxBatchSize() >= 1);
            secrets.values()
                    .forEach(
                            secret -> assertFalse(provider.toString().contains(secret), "the provider shows a secret"));
        }
    }

    /** Makes a provider that is bound to fail, and returns why. */
    protected final ConfigurationException refused(Map<String, String> given) {
        ProviderSettings settings = TestSettings.of(factory(), given);
        return assertThrows(
                ConfigurationException.class, () -> factory().create(settings).close());
    }
}
